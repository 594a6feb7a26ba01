/**
 * Whether the page stutters while it trains: tasks of its main thread over 50 ms in a minute, in
 * Chromium on SwiftShader, with the curves shown, away from them, and without training:
 * npm run longtasks -- --seconds 60
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { COMMON_FLAGS, WEBGPU_FLAGS } from '../e2e/chromium'
import { ensureBrowser } from '../scripts/browser'
import { machine } from './machine'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
const MEASURED_MS = 1000 * Number(values.seconds)
/** After the first step: what loading and compiling leave behind is no part of it. */
const SETTLING_MS = 3000
const STEP_TIMEOUT_MS = 200_000

/** Durations of long tasks in milliseconds, and of each frame that was late the scripts in it. */
interface Found {
  tasks: number[]
  frames: string[][]
}

/** From now on, in the page: its tasks over 50 ms, and in frames that they delayed who ran. */
function observe(): void {
  type Script = { invoker: string; duration: number }
  const found: Found = { tasks: [], frames: [] }
  Object.assign(window, { found })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) found.tasks.push(duration)
  }).observe({ type: 'longtask' })
  new PerformanceObserver((list) => {
    for (const frame of list.getEntries() as (PerformanceEntry & { scripts: Script[] })[]) {
      const scripts = frame.scripts.toSorted((a, b) => b.duration - a.duration)
      found.frames.push(
        scripts.map(({ invoker, duration }) => `${duration.toFixed(0)} ms ${invoker}`),
      )
    }
  }).observe({ type: 'long-animation-frame' })
}

async function longTasks(page: Page): Promise<Found> {
  await page.waitForTimeout(SETTLING_MS)
  await page.evaluate(observe)
  await page.waitForTimeout(MEASURED_MS)
  return page.evaluate(() => (window as unknown as { found: Found }).found)
}

/** A net that a software adapter trains at several steps a second, for longer than is measured. */
async function train(page: Page): Promise<void> {
  const widths = page.getByRole('radiogroup', { name: 'Widths' })
  await widths.getByText('8 · 16 · 32', { exact: true }).click()
  for (const [field, value] of [
    ['Batch size', 8],
    ['Training steps', 100_000],
  ] as const) {
    const input = page.getByLabel(field, { exact: true })
    await input.fill(String(value))
    await input.blur()
  }
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.getByText(/^Step [1-9]/).waitFor({ timeout: STEP_TIMEOUT_MS })
}

async function stepsOf(page: Page): Promise<number> {
  const text = await page.getByText(/^Step [1-9]/).textContent()
  return Number(/^Step ([\d,]+)/.exec(text!)![1]!.replaceAll(',', ''))
}

const SITUATIONS: Record<string, (page: Page) => Promise<void>> = {
  'training, curves shown': train,
  async 'training, another place shown'(page) {
    await train(page)
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
  },
  async 'not training'() {},
}

async function main(): Promise<void> {
  const { processor, cores, system, load } = machine()
  const outDir = mkdtempSync(join(tmpdir(), 'longtasks-'))
  await build({ build: { outDir }, logLevel: 'error' })
  const server = await preview({ build: { outDir }, preview: { port: 0 }, logLevel: 'error' })
  const executablePath = ensureBrowser()
  const browser = await chromium.launch({
    executablePath,
    args: [...COMMON_FLAGS, ...WEBGPU_FLAGS],
  })
  console.log(`Chromium ${browser.version()} on SwiftShader (computes in software)`)
  console.log(`${cores} × ${processor}, ${system}, ${load.toFixed(1)} processes before\n`)
  console.log(
    `| tasks over 50 ms in ${MEASURED_MS / 1000} s | number | longest, ms | steps meanwhile |`,
  )
  console.log('| --- | --: | --: | --: |')
  try {
    for (const [name, begin] of Object.entries(SITUATIONS)) {
      const page = await (await browser.newContext()).newPage()
      await page.goto(server.resolvedUrls!.local[0]!)
      await page.getByRole('button', { name: 'Train', exact: true }).waitFor()
      await begin(page)
      const { tasks, frames } = await longTasks(page)
      await page.getByRole('link', { name: 'Train', exact: true }).click()
      const steps = name === 'not training' ? '–' : await stepsOf(page)
      const longest = Math.max(0, ...tasks).toFixed(0)
      console.log(`| ${name} | ${tasks.length} | ${longest} | ${steps} |`)
      for (const scripts of frames)
        console.error(`  ${scripts.join(', ') || 'no script of the page'}`)
      await page.context().close()
    }
  } finally {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  }
}

await main()
process.exit(0)
