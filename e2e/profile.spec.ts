import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { looksRight } from './looks'
import { expect, test } from './page-model'

test('a step is profiled, and then the signal is metered and the next step played slowly', async ({
  playground,
}) => {
  const { page } = playground
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await playground.open()
  await playground.makeSmall(60)
  await playground.showTable()
  await page.getByText('Where the time goes').click()
  await page.getByRole('button', { name: 'Profile a step' }).click()
  await expect(page.getByText('press Pause')).toBeVisible()

  const byKernel = page.getByRole('table', { name: 'Time by kernel' })
  await expect(byKernel).toBeVisible({ timeout: 200_000 })
  await playground.reaches('paused')
  // An ordinary step came before: what a first one compiles on the way is not what is asked for.
  await expect(page.getByText('Step 2:')).toBeVisible()
  await playground.hasSteps(2)
  await expect(byKernel.getByRole('rowheader', { name: /^conv2d \(\w+\) ×/ }).first()).toBeVisible()
  const shares = await byKernel.locator('tbody td:nth-child(2)').allTextContents()
  const total = shares.map(Number.parseFloat).reduce((a, b) => a + b, 0)
  expect(Math.abs(total - 100)).toBeLessThan(0.05 * shares.length + 0.01)

  const limits = await byKernel.locator('tbody td:last-child').allTextContents()
  expect(limits.map(Number.parseFloat).every((share) => share > 0)).toBe(true)
  await expect(page.getByText(/The step as a whole reaches \d+\.\d %/)).toBeVisible()

  await page.getByText('By layer').click()
  const byLayer = page.getByRole('table', { name: 'Time by layer' })
  await expect(byLayer.getByRole('rowheader', { name: /^layer1\.0\.conv1 ×/ })).toBeVisible()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download JSON' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('resnet-8-v2-step-2.profile.json')
  const { launches, adapter } = JSON.parse(readFileSync(await file.path(), 'utf8'))
  expect(adapter.software).toBe(true)
  const kernels = await page.evaluate(() => {
    const measures = performance.getEntriesByType('measure') as PerformanceMeasure[]
    return measures.filter(({ detail }) => detail?.devtools?.track === 'Kernels').length
  })
  expect(kernels).toBe(launches.length)

  await metersSignal(page)

  await page.getByText('A step, slowly').click()
  await page.getByRole('button', { name: 'Step slowly' }).click()
  const player = page.getByRole('region', { name: 'Step 3, played slowly' })
  await expect(player).toContainText('Forward: input', { timeout: 200_000 })
  await playground.hasSteps(3)
  await player.getByRole('button', { name: 'Next' }).click()
  await expect(player).toContainText('Forward: conv1')
  await expect(player.getByRole('img', { name: /^Channel/ })).toHaveCount(8)
  // All three panels are open.
  await looksRight(page, 'panels', page.locator('details', { hasText: 'Signal and gradient' }))
  await player.getByRole('slider', { name: 'Place in the step' }).press('End')
  await expect(player.getByRole('progressbar', { name: 'fc.weight' })).toBeVisible()
})

/** Measures the net where it rests; its numbers are those of a full pre-activation net. */
async function metersSignal(page: Page): Promise<void> {
  await page.getByText('Signal and gradient').click()
  await expect(page.getByText('Press Measure now')).toBeVisible()
  await page.getByRole('button', { name: 'Measure now' }).click()
  const charts = page.getByRole('figure', { name: 'Backward: norm of the gradient' })
  await expect(charts).toBeVisible({ timeout: 200_000 })
  await expect(page.getByText('Before step 3: 3 units')).toBeVisible()
  await expect(page.getByText('Within float error: the sum arrives unchanged.')).toBeVisible()

  const cursor = page.getByRole('slider', { name: 'Backward: the direct path' })
  await cursor.focus()
  await cursor.press('End')
  await expect(cursor).toHaveAttribute('aria-valuetext', /^layer3\.0; measured: \d/)
  await cursor.press('Enter')
  await expect(page.getByLabel('Unit whose readings are shown')).toHaveValue('layer3.0')
  await page.getByText('The last reading as a table').click()
  const rows = page.getByRole('table', { name: /^The last reading of/ }).locator('tbody tr')
  await expect(rows).toHaveCount(3)
  const edges = page.locator('.edge-values text')
  await expect(edges.first()).toHaveText((await rows.last().locator('td').nth(1).textContent())!)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export readings' }).click()
  await page.getByRole('menuitem', { name: 'Readings as JSON' }).click()
  const { nets } = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
  const [{ units, stages }] = nets[0].readings
  for (const { gradient } of units) expect(gradient.x).toBeGreaterThan(0)
  // Nothing stands on the shortcuts of full pre-activation units behind their activation.
  expect(stages).toHaveLength(3)
  for (const { defect } of stages) expect(defect).toBeLessThan(1e-5)
}
