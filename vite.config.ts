import react from '@vitejs/plugin-react'
import { defineConfig, runnerImport } from 'vite'

// By Vite's own runner, which resolves the project's imports; a plain import in this file does not.
const { module: server } = await runnerImport<typeof import('./server/cifar10')>(
  './server/cifar10.ts',
  { configFile: false },
)

export default defineConfig({
  base: './',
  plugins: [react(), server.cifar10()],
  worker: { format: 'es' },
  build: { target: 'es2023', sourcemap: true },
})
