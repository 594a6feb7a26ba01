import AxeBuilder from '@axe-core/playwright'
import { expect, Playground, test } from './page-model'

test('of two tabs one trains, and the other goes on with its run when asked to', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await playground.makeSmall(2000)
  await playground.showTable()
  await playground.press('Train')
  await playground.hasSteps(1)

  const other = new Playground(await page.context().newPage())
  await other.open()
  const notice = 'Another tab of the playground has the GPU'
  await expect(other.page.getByText(notice)).toBeVisible()
  await expect(other.page.getByRole('button', { name: 'Train', exact: true })).toBeDisabled()
  await expect(other.page.getByText('no WebGPU')).toBeHidden()
  expect((await new AxeBuilder({ page: other.page }).analyze()).violations).toEqual([])
  await expect(playground.main).toHaveAttribute('data-phase', 'training')

  await other.page.getByRole('button', { name: 'Train here instead' }).click()
  await expect(other.page.getByText(notice)).toBeHidden()
  await expect(page.getByText(notice)).toBeVisible()
  await playground.reaches('idle')
  await other.press('Resume')
  await other.reaches('paused')
  await other.showTable()
  await other.hasSteps(1)

  await other.page.close()
  await expect(page.getByText(notice)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled()
})
