import { execFileSync } from 'node:child_process'
import react from '@vitejs/plugin-react'
import { defineConfig, runnerImport } from 'vite'
import packageJson from './package.json' with { type: 'json' }

// By Vite's own runner, which resolves the project's imports; a plain import in this file does not.
const { module: server } = await runnerImport<typeof import('./server/cifar10')>(
  './server/cifar10.ts',
  { configFile: false },
)

/** The commit that is built, or undefined outside a repository. */
function commit(): string | undefined {
  try {
    const args = ['rev-parse', '--short=12', 'HEAD']
    return execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}

export default defineConfig({
  define: {
    'import.meta.env.VITE_APP_VERSION': JSON.stringify(packageJson.version),
    'import.meta.env.VITE_APP_COMMIT': JSON.stringify(commit() ?? 'unknown'),
  },
  base: './',
  plugins: [react(), server.cifar10()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    sourcemap: true,
    rolldownOptions: { input: ['index.html', 'bench/index.html'] },
  },
})
