import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { cifar10 } from './server/cifar10'

export default defineConfig({
  base: './',
  plugins: [react(), cifar10()],
  worker: { format: 'es' },
  build: { target: 'es2023', sourcemap: true },
})
