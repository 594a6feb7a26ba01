import AxeBuilder from '@axe-core/playwright'
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

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing in the other places in ${colorScheme} at ${width} pixels`, async ({
      playground,
    }) => {
      const { page } = playground
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      for (const place of ['compare', 'runs']) {
        await page.goto(`./#${place}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
        const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(scrollWidth).toBeLessThanOrEqual(width)
        await page.screenshot({ path: `test-results/${place}-${colorScheme}-${width}.png` })
      }
    })
  }
}
