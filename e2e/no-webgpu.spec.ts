import { expect, test } from './page-model'

test('without an adapter the page says what is missing, and units can still be explored', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  const notice = page.getByRole('alert')
  await expect(notice).toContainText('Training needs WebGPU')
  await expect(notice).toContainText('Firefox')
  await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled()
  await playground.choose('Block', 'bottleneck')
  await expect(page.getByRole('region', { name: 'Residual unit' })).toContainText('126,746')
})

test('without an adapter the bench says what it needs', async ({ page }) => {
  await page.goto('./bench/')
  await expect(page.getByRole('alert')).toContainText('The bench needs WebGPU')
  await expect(page.getByRole('button', { name: 'Run the bench' })).toHaveCount(0)
})
