import { looksRight } from './looks'
import { expect, test } from './page-model'

test('the page has places; a run goes on in all of them, and Back leads back', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await expect(page).toHaveTitle('Train · Residual Playground')
  await playground.makeSmall(60)
  await playground.press('Train')
  await playground.reaches('training')
  for (const place of ['Compare', 'Runs']) {
    await page.getByRole('link', { name: place, exact: true }).press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeFocused()
    await expect(page).toHaveTitle(`${place} · Residual Playground`)
    const current = page.getByRole('navigation', { name: 'Places' }).locator('[aria-current=page]')
    await expect(current).toHaveText(place)
  }
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeFocused()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Train' })).toBeFocused()
  await playground.reaches('finished')
})

test('the other places look right in light and dark, on a desk and on a phone', async ({
  playground,
}) => {
  const { page } = playground
  for (const place of ['compare', 'labs', 'runs']) {
    await page.goto(`./#${place}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await looksRight(page, place)
  }
})
