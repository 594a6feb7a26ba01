import { expect, test } from './page-model'

test('a cell of the labs trains here, says what it was, and keeps it', async ({ playground }) => {
  const { page } = playground
  await page.goto('./#labs/shortcuts/identity')
  const cell = page.getByRole('article').filter({ hasText: '6.61 %' }).first()
  await expect(cell).toBeFocused()
  await expect(cell).toContainText('Not trained here yet.')
  await page.getByRole('button', { name: 'Train this: Identity' }).click()
  await expect(cell).toContainText(/Trained here: [1-9]\d* of 600 steps of 32 images/, {
    timeout: 200_000,
  })
  await page.getByRole('button', { name: 'Pause: Identity' }).first().click()
  await expect(cell).toContainText('Paused')
  await page.reload()
  await expect(cell).toContainText(/Trained here: [1-9]\d* of 600 steps/)
  await cell.getByRole('link', { name: /kept run/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'ResNet-20 v1' })).toBeVisible()

  await page.goto('./#labs')
  await page.getByRole('button', { name: 'Train side by side: Constant scaling' }).click()
  await expect(page).toHaveURL(/#compare$/)
  await expect(page.getByRole('main')).toContainText('Scaling: 0.5 h + F')
})
