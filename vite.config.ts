import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, runnerImport } from 'vite'
import packageJson from './package.json' with { type: 'json' }

/** By Vite's own runner, which resolves the project's imports; a plain import in this file does not. */
const module = async <T>(file: string) =>
  (await runnerImport<T>(file, { configFile: false })).module
const { cifar10 } = await module<typeof import('./server/cifar10')>('./server/cifar10.ts')
const { contentSecurityPolicy } = await module<typeof import('./server/content-security-policy')>(
  './server/content-security-policy.ts',
)
const { licences } = await module<typeof import('./server/licences')>('./server/licences.ts')
const { serviceWorker } = await module<typeof import('./server/service-worker')>(
  './server/service-worker.ts',
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

/** Kernels without their comments and indents, which a browser need not load. */
function shortKernels(): Plugin {
  return {
    name: 'short-kernels',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const file = /^(.*\.wgsl)\?raw$/.exec(id)?.[1]
      if (file === undefined) return null
      const lines = readFileSync(file, 'utf8').split('\n')
      const code = lines.map((line) => line.replace(/\/\/.*$/, '').trim()).filter(Boolean)
      return `export default ${JSON.stringify(`${code.join('\n')}\n`)}`
    },
  }
}

const { collector, writer } = licences()

export default defineConfig({
  define: {
    'import.meta.env.VITE_APP_VERSION': JSON.stringify(packageJson.version),
    'import.meta.env.VITE_APP_COMMIT': JSON.stringify(commit() ?? 'unknown'),
  },
  base: './',
  plugins: [
    react(),
    cifar10(),
    contentSecurityPolicy(),
    serviceWorker([collector()]),
    collector(),
    writer,
    shortKernels(),
  ],
  worker: { format: 'es', plugins: () => [shortKernels(), collector()] },
  build: {
    target: 'es2023',
    sourcemap: true,
    // A Content-Security-Policy allows the page's own files as fonts, not data: URLs.
    assetsInlineLimit: (file) => (/\.woff2?$/.test(file) ? false : undefined),
    rolldownOptions: { input: ['index.html', 'bench/index.html'] },
  },
})
