import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { COMMON_FLAGS, WEBGPU_FLAGS } from '../e2e/chromium'
import { ensureBrowser } from '../scripts/browser'
import { type Answers, answered } from './answers'
import type { Host } from './host'
import { seatWithFolder } from './node-host'
import { startPyTorch } from './pytorch'

const ANSWER_MS = 900_000

/** Contenders in Chromium on SwiftShader: builds the bench's page and serves it meanwhile. */
export async function chromiumHost(): Promise<Host> {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const outDir = mkdtempSync(join(tmpdir(), 'bench-page-'))
  const shared = { root, configFile: false, logLevel: 'error' } as const
  await build({
    ...shared,
    build: { outDir, target: 'es2023', rolldownOptions: { input: join(root, 'page.html') } },
  })
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } })
  const url = `${server.resolvedUrls!.local[0]}page.html`
  const executable = ensureBrowser()
  return {
    runtime: execFileSync(executable, ['--version'], { encoding: 'utf8' }).trim(),
    seat: (role, task) =>
      seatWithFolder((folder) => {
        if (role === 'pytorch') return startPyTorch(task, folder)
        const query = new URLSearchParams({ role, task: JSON.stringify(task) })
        return new ContenderPage(executable, `${url}?${query}`, folder)
      }),
    async close() {
      await server.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}

/** A contender in a Chromium of its own, whose profile is in the folder. */
class ContenderPage implements Answers {
  private readonly opened: ReturnType<typeof openPage>

  constructor(executable: string, url: string, folder: string) {
    this.opened = openPage(executable, url, folder)
    this.opened.catch(() => {})
  }

  async ask<T>(method: string): Promise<T> {
    const { page, context, crash } = await this.opened
    const timer = setTimeout(() => context.close(), ANSWER_MS)
    try {
      const reply = page.evaluate((name) => window.answer(name), method)
      return answered(await Promise.race([reply, crash]))
    } finally {
      clearTimeout(timer)
    }
  }

  async stop(): Promise<void> {
    const opened = await this.opened.catch(() => undefined)
    await opened?.context.close()
  }
}

async function openPage(executablePath: string, url: string, folder: string) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: [...COMMON_FLAGS, ...WEBGPU_FLAGS],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  const crash = new Promise<never>((_, reject) => {
    page.once('crash', () => reject(new Error('the page crashed')))
  })
  crash.catch(() => {})
  await page.goto(url)
  return { context, page, crash }
}
