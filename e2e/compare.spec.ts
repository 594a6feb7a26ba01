import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cifarSpec, VERSIONS } from '../src/models/presets'
import type { ComparisonConfig } from '../src/run/comparison'
import { comparisonToHash } from '../src/run/link'
import { FIRST_RUN } from '../src/run/presets'
import { cifarFolder } from './cifar'
import { expect, test } from './page-model'

/** v1, v1.5 and v2 with bottlenecks, as small as nets get. */
const TINY: ComparisonConfig = {
  format: 1,
  seed: 1,
  data: { ...FIRST_RUN.data, train: 9000, validation: 1000 },
  train: { ...FIRST_RUN.train, steps: 40, batchSize: 8 },
  evaluate: { every: 40, images: 50 },
  lanes: VERSIONS.map((version) => ({
    name: version,
    model: {
      ...cifarSpec({ version, block: 'bottleneck', depth: 11 }),
      stemWidth: 4,
      widths: [4, 8, 16],
    },
  })),
  seeds: 1,
  until: { kind: 'steps' },
}

/** Two lanes, two seeds, and the second lane's rate far too high for its weight decay. */
const HALF_LOST: ComparisonConfig = {
  ...TINY,
  train: { ...TINY.train, steps: 16 },
  evaluate: { every: 16, images: 50 },
  lanes: [
    TINY.lanes[0]!,
    {
      ...TINY.lanes[2]!,
      train: { learningRate: { kind: 'constant', rate: 1000 }, weightDecay: 1 },
    },
  ],
  seeds: 2,
}

/** Compare as a person finds it. */
class Comparing {
  constructor(readonly page: Page) {}

  async open(comparison: ComparisonConfig): Promise<void> {
    await this.page.goto(`./${comparisonToHash(comparison)}`)
    await expect(this.page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible()
  }

  async press(button: 'Train' | 'Pause' | 'Step' | 'Continue'): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click()
  }

  async reaches(phase: string): Promise<void> {
    const main = this.page.getByRole('main')
    await expect(main).toHaveAttribute('data-phase', phase, { timeout: 120_000 })
  }

  /** A row of the table, a text a lane. */
  async row(label: string): Promise<string[]> {
    const table = this.page.getByRole('table', { name: 'Lanes' })
    const header = this.page.getByRole('rowheader', { name: label, exact: true })
    return table.getByRole('row').filter({ has: header }).getByRole('cell').allTextContents()
  }

  /** The hashes of all lanes' weights with the latest seed, whole. */
  async weights(): Promise<(string | null)[]> {
    const header = this.page.getByRole('rowheader', { name: 'SHA-256 of the weights' })
    const cells = this.page.getByRole('row').filter({ has: header }).getByRole('cell')
    const all = await cells.all()
    return Promise.all(all.map((cell) => cell.getAttribute('title')))
  }

  async lanes(): Promise<string[]> {
    const names = await this.page.getByRole('textbox', { name: /^Name of lane/ }).all()
    return Promise.all(names.map((name) => name.inputValue()))
  }
}

test('three lanes train side by side on CIFAR-10 from an equal start', async ({ playground }) => {
  test.skip(cifarFolder() === undefined, 'CIFAR-10 is not on this machine: set CIFAR10_DIR')
  const { page } = playground
  const comparing = new Comparing(page)
  await comparing.open({ ...TINY, data: { ...TINY.data, name: 'cifar10', augment: 'crop-flip' } })
  await page.getByRole('button', { name: 'Get CIFAR-10' }).click()
  await expect(page.getByText('50,000 of 50,000 training images are here')).toBeVisible({
    timeout: 120_000,
  })
  await comparing.press('Train')
  await comparing.reaches('finished')
  await expect(page.getByText(/Equal start, measured\. \d+ tensors .*first batch/)).toBeVisible()
  await expect(page.getByText('finished after 40 steps')).toHaveCount(3)
  const losses = (await comparing.row('Loss of the last batch')).map(Number)
  expect(losses.every(Number.isFinite)).toBe(true)
  expect(new Set(losses).size).toBe(3)
  const curves = page.getByRole('region', { name: 'Loss' }).locator('path[stroke-width="2"]')
  await expect(curves).toHaveCount(3)
  await expect(page.getByText(/v1\.5 against v1:/)).toBeVisible()
  await expect(
    page.getByText(/more time a step, measured|less time a step, measured/),
  ).toBeVisible()
})

test('a lane that diverges stops alone; a reload in between changes nothing; a link repeats it all', async ({
  playground,
  browser,
  baseURL,
}) => {
  const { page } = playground
  const comparing = new Comparing(page)
  await comparing.open(HALF_LOST)
  await comparing.press('Train')
  await comparing.reaches('finished')
  await expect(page.getByText(/Diverged at step \d+\./)).toHaveCount(2)
  await expect(page.getByText('finished after 16 steps')).toHaveCount(2)
  await expect(page.getByText('v1 (2 seeds)')).toBeVisible()
  await expect(page.getByText('band: lowest to highest')).toBeVisible()
  const [whole] = await comparing.weights()
  expect(whole).toMatch(/^[0-9a-f]{64}$/)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  await page.getByRole('button', { name: 'Reset' }).click()
  await comparing.press('Step')
  await comparing.reaches('paused')
  const first = await comparing.row('Loss of the last batch')
  await comparing.press('Train')
  await expect(page.getByText(/step [2-9] of 16/)).toBeVisible({ timeout: 60_000 })
  await playground.keepsRun()
  await page.reload()
  const offer = page.getByRole('region', { name: 'Last race' })
  await expect(offer).toContainText(/v1, v2; seed 1 of 2, step \d+ of 16/)
  await comparing.press('Continue')
  await comparing.reaches('paused')
  await comparing.press('Train')
  await comparing.reaches('finished')
  expect((await comparing.weights())[0]).toBe(whole)

  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  const lanes = page.getByRole('list', { name: 'Comparison: v1, v2' }).first()
  await expect(lanes.getByRole('link')).toHaveText(['v1 #1', 'v1 #2', 'v2 #1', 'v2 #2'])
  await expect(lanes.getByText('16 of 16 steps, finished')).toHaveCount(2)
  await lanes.getByRole('link', { name: 'v1 #2' }).click()
  await expect(page.getByText('Its checkpoint is of step 16.')).toBeVisible()

  const stranger = await browser.newContext({ baseURL: baseURL! })
  const other = new Comparing(await stranger.newPage())
  await other.open(HALF_LOST)
  await other.press('Step')
  await other.reaches('paused')
  expect(await other.row('Loss of the last batch')).toEqual(first)
  await stranger.close()
})

test('lanes are copied, renamed, moved and removed with the keyboard alone', async ({
  playground,
}) => {
  const { page } = playground
  const comparing = new Comparing(page)
  await comparing.open(TINY)
  const choose = async (lane: string, action: string) => {
    await page.getByRole('button', { name: `What to do with ${lane}`, exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeVisible()
    const item = page.getByRole('menuitem', { name: action })
    const focused = () => item.evaluate((element) => element === document.activeElement)
    await expect(async () => {
      await page.keyboard.press('ArrowDown')
      expect(await focused()).toBe(true)
    }).toPass({ intervals: [100] })
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeHidden()
  }
  await choose('v1', 'Duplicate')
  await expect.poll(() => comparing.lanes()).toEqual(['v1', 'v1 (2)', 'v1.5', 'v2'])
  await page.getByLabel('Name of lane 2').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('mine')
  await page.keyboard.press('Enter')
  await choose('mine', 'Move to the right')
  await expect.poll(() => comparing.lanes()).toEqual(['v1', 'v1.5', 'mine', 'v2'])
  await choose('v1.5', 'Remove')
  await expect.poll(() => comparing.lanes()).toEqual(['v1', 'mine', 'v2'])
  await page.reload()
  await expect.poll(() => comparing.lanes()).toEqual(['v1', 'mine', 'v2'])
})

test('a damaged link says so and leaves the comparison; a run of the bench is compared', async ({
  playground,
}) => {
  const { page } = playground
  await page.goto(`./${comparisonToHash(TINY).slice(0, -6)}`)
  await expect(page.getByRole('alert')).toContainText('This link is damaged.')
  const comparing = new Comparing(page)
  expect(await comparing.lanes()).toEqual(['ResNet-11 v1', 'ResNet-11 v1.5', 'ResNet-11 v2'])
  await page.getByRole('button', { name: 'Add a lane' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Train', exact: true }).click()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('menuitem', { name: 'plain-8 v2' }).click()
  await expect.poll(() => comparing.lanes()).toEqual(['ResNet-8 v2', 'plain-8 v2'])
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect.poll(() => comparing.lanes()).toHaveLength(4)
})
