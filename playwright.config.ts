import { defineConfig } from '@playwright/test'
import { COMMON_FLAGS, WEBGPU_FLAGS } from './e2e/chromium'
import { cifarFolder } from './e2e/cifar'
import { findBrowser } from './scripts/browser'

const executablePath = findBrowser()
if (!executablePath)
  throw new Error('No Chrome or Chromium: npm test fetches one, or see README.md.')

/**
 * A port of this run's own, so that no other preview stands in for the build under test. The
 * workers of the run read this file again and inherit it.
 */
process.env.PREVIEW_PORT ??= String(40_000 + (process.pid % 5000))
const PORT = Number(process.env.PREVIEW_PORT)
const NO_ADAPTER = '**/no-webgpu.spec.ts'

const browser = (flags: readonly string[]) => ({
  launchOptions: { executablePath, args: [...COMMON_FLAGS, ...flags] },
})

const folder = cifarFolder()

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // One software adapter on a few cores: pages that compute side by side only slow each other down.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 300_000,
  globalTimeout: process.env.ALL_LESSONS === '1' ? 3_600_000 : 2_700_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${PORT}`,
    trace: 'retain-on-failure',
    // What a test routes would be answered by the service worker.
    serviceWorkers: 'block',
  },
  projects: [
    { name: 'webgpu', testIgnore: NO_ADAPTER, use: browser(WEBGPU_FLAGS) },
    { name: 'no adapter', testMatch: NO_ADAPTER, use: browser([]) },
  ],
  webServer: {
    command: `vite preview --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}`,
    env: folder ? { CIFAR10_DIR: folder } : {},
    timeout: 30_000,
  },
})
