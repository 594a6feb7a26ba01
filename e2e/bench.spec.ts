import { looksRight } from './looks'
import { expect, test } from './page-model'

test('the bench of the page measures the smallest net, and can be cancelled', async ({
  playground,
}) => {
  const { page } = playground
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const requested: string[] = []
  page.context().on('request', (request) => requested.push(request.url()))
  await playground.open()
  await page.getByRole('link', { name: 'Bench' }).click()
  await expect(page.getByRole('heading', { name: 'Bench' })).toBeVisible()
  await expect(page.getByText('This adapter computes in software')).toBeVisible()
  await expect(page.getByLabel('Net')).toHaveValue('8')

  const start = page.getByRole('button', { name: 'Run the bench' })
  await start.click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('status')).toHaveText('Cancelled: nothing computes any more.')

  await start.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('first step')
  await playground.reaches('done', 250_000)
  const steps = page.getByRole('table', { name: 'One training step' })
  await expect(steps.getByRole('rowheader')).toHaveText([/^residual-playground /])
  const figure = (name: RegExp) =>
    page.getByRole('table', { name: 'Figures' }).getByRole('row', { name }).locator('td').first()
  await expect(figure(/^FMA probe/)).toHaveText(/GFLOP\/s$/)
  await expect(figure(/^copy probe/)).toHaveText(/GB\/s$/)
  await expect(figure(/^step: share of the limit/)).toHaveText(/^\d.* %$/)
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('computes in software')
  expect(text).toMatch(/\| residual-playground \S+ +\| /)

  await looksRight(page, 'bench-page')
  // The other libraries come only where they are asked for, and all that comes is our own.
  expect(requested.filter((url) => /tensorflow|jax/.test(url))).toEqual([])
  const { origin } = new URL(page.url())
  expect(requested.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:'))).toEqual([])
})
