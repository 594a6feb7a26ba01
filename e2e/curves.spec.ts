import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './page-model'

async function exported(page: Page, item: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: item }).click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

test('settings change in a run with a mark; curves are read, zoomed and saved', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await playground.makeSmall(14)
  for (let step = 0; step < 2; step++) {
    await playground.press('Step')
    await playground.reaches('paused')
  }
  const loss = page.getByRole('region', { name: 'Loss', exact: true })
  await playground.fill('Momentum', 0.5)
  await expect(loss.getByText('momentum 0.5')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Reset to apply' })).toBeHidden()
  await playground.press('Train')
  await playground.reaches('finished')

  const crosshair = loss.getByRole('slider')
  await crosshair.focus()
  await page.keyboard.press('End')
  await expect(crosshair).toHaveAttribute('aria-valuetext', /^step 14; ResNet-8 v2: \d/)
  const accuracy = page.getByRole('region', { name: 'Accuracy' })
  await expect(accuracy.getByText('step 14', { exact: true })).toBeVisible()
  await page.keyboard.press('+')
  await expect(page.getByRole('button', { name: 'Show all' })).toBeEnabled()
  await expect(crosshair).toHaveAttribute('aria-valuemin', '7')
  await page.keyboard.press('0')
  await expect(crosshair).toHaveAttribute('aria-valuemin', '0')

  const { x, y, width } = (await crosshair.boundingBox())!
  await page.mouse.move(x + width / 2, y + 50)
  await page.mouse.down()
  await page.mouse.move(x + width, y + 60, { steps: 4 })
  await page.mouse.up()
  await expect(crosshair).toHaveAttribute('aria-valuemin', /^7/)
  await page.mouse.dblclick(x + 20, y + 50)
  await expect(crosshair).toHaveAttribute('aria-valuemin', '0')

  await page.getByText('Loss as a table').click()
  await expect(loss.getByText('ResNet-8 v2, after step 2: momentum 0.5')).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  const svg = await exported(page, 'Chart of the loss as SVG')
  expect(svg.name).toBe('loss-over-steps-resnet-8-v2.svg')
  expect(svg.bytes.toString()).toContain('>momentum 0.5</text>')
  const png = await exported(page, 'Chart of the accuracy as PNG')
  expect(png.name).toBe('accuracy-over-steps-resnet-8-v2.png')
  expect([...png.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
  expect(png.bytes.readUInt32BE(16)).toBe(1920)
  const csv = await exported(page, 'Figures of every step as CSV')
  const rows = csv.bytes.toString().trim().split('\n')
  expect(rows).toHaveLength(15)
  expect(rows[3]).toMatch(/,momentum 0\.5$/)

  await page.getByLabel('Horizontal axis').selectOption('over epochs')
  await page.getByLabel('log loss').check()
  await page.reload()
  await expect(page.getByLabel('Horizontal axis')).toHaveValue('epoch')
  await expect(page.getByLabel('log loss')).toBeChecked()
})
