import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'
import { COMMON_FLAGS } from '../../e2e/chromium'
import { findBrowser } from '../../scripts/browser'

/**
 * Frame times of the charts of six lanes of 100,000 steps while one pans, zooms and reads them, and
 * the processor time that it takes of the page's main thread, in headless Chromium:
 * npm run curve-frames -- [SCREENSHOT.png]
 */
const LONG_TASK_MS = 50
const MOVES = 90
const [WIDTH, HEIGHT] = [1280, 900]

declare global {
  interface Window {
    setLive(on: boolean): void
    frameTimes: number[]
    long: number
  }
}

interface Place {
  x: number
  y: number
  width: number
}

async function plotOf(page: Page): Promise<Place> {
  const plot = page.getByRole('slider', { name: /^Loss at/ })
  await plot.waitFor()
  await page.waitForTimeout(500)
  const { x, y, width } = (await plot.boundingBox())!
  return { x, y: y + 60, width }
}

/** From here on every frame's length and every task that holds the page up is noted. */
function watch(): void {
  window.frameTimes = []
  window.long = 0
  let last = performance.now()
  const note = (now: number) => {
    window.frameTimes.push(now - last)
    last = now
    requestAnimationFrame(note)
  }
  requestAnimationFrame(note)
  new PerformanceObserver((list) => {
    window.long += list.getEntries().length
  }).observe({ type: 'longtask' })
}

async function panned(page: Page, { x, y, width }: Place): Promise<void> {
  await page.keyboard.down('Shift')
  await page.mouse.move(x + 0.8 * width, y)
  await page.mouse.down()
  for (let i = 0; i < MOVES; i++) {
    await page.mouse.move(x + (0.5 + 0.3 * Math.cos((6 * i) / MOVES)) * width, y)
  }
  await page.mouse.up()
  await page.keyboard.up('Shift')
}

async function zoomed(page: Page, { x, y, width }: Place): Promise<void> {
  await page.mouse.move(x + 0.6 * width, y)
  await page.keyboard.down('Control')
  for (let i = 0; i < MOVES; i++) await page.mouse.wheel(0, i < MOVES / 2 ? -60 : 60)
  await page.keyboard.up('Control')
}

async function read(page: Page, { x, y, width }: Place): Promise<void> {
  for (let i = 0; i < MOVES; i++) await page.mouse.move(x + (i / MOVES) * width, y)
}

/** Processor time of the page's main thread so far, in milliseconds: no other work is in it. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value
}

async function measured(
  page: Page,
  session: CDPSession,
  act: () => Promise<void>,
): Promise<string[]> {
  await page.evaluate(() => {
    window.frameTimes = []
    window.long = 0
  })
  const before = await busy(session)
  await act()
  const used = (await busy(session)) - before
  const { frames, long } = await page.evaluate(() => ({
    frames: window.frameTimes,
    long: window.long,
  }))
  const sorted = frames.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1)
  return [String(frames.length), at(0.5), at(0.95), at(1), String(long), (used / MOVES).toFixed(1)]
}

const folder = mkdtempSync(join(tmpdir(), 'curve-frames-'))
const input = join(import.meta.dirname, 'page.html')
const common = { configFile: false, logLevel: 'error', root: import.meta.dirname } as const
await build({
  ...common,
  base: './',
  plugins: [react()],
  build: { outDir: folder, emptyOutDir: true, target: 'es2023', rolldownOptions: { input } },
})
const server = await preview({ ...common, build: { outDir: folder }, preview: { port: 0 } })
const browser = await chromium.launch({
  executablePath: findBrowser()!,
  args: [...COMMON_FLAGS],
})
try {
  console.log(`Chromium ${browser.version()}, headless, drawn in software; times in ms\n`)
  console.log(
    `| seeds | what | frames | median | 95 % | longest | tasks over ${LONG_TASK_MS} ms | processor time / ${MOVES} |`,
  )
  console.log('| --- | --- | --: | --: | --: | --: | --: | --: |')
  for (const seeds of [1, 5]) {
    const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } })
    await page.goto(`${server.resolvedUrls!.local[0]}page.html?seeds=${seeds}`)
    const place = await plotOf(page)
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await page.evaluate(watch)
    const acts: [string, () => Promise<void>][] = [
      ['nothing', () => page.waitForTimeout(1500)],
      ['panning', () => panned(page, place)],
      ['zooming', () => zoomed(page, place)],
      ['crosshair', () => read(page, place)],
    ]
    const row = async (name: string, act: () => Promise<void>) =>
      console.log(`| ${[seeds, name, ...(await measured(page, session, act))].join(' | ')} |`)
    for (const [name, act] of acts) await row(name, act)
    await page.evaluate(() => window.setLive(true))
    for (const [name, act] of acts) await row(`${name}, six lanes training`, act)
    await page.evaluate(() => window.setLive(false))
    const file = process.argv[2]
    if (file && seeds === 5) {
      await read(page, place)
      await page.mouse.move(place.x + 0.3 * place.width, place.y)
      await page.screenshot({ path: file })
    }
    await page.close()
  }
} finally {
  await browser.close()
  await server.close()
  rmSync(folder, { recursive: true })
}
