import type { Page } from '@playwright/test'
import { looksRight } from './looks'
import { expect, test } from './page-model'

test('the page has places and languages; a run goes on in all of them, and Back leads back', async ({
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
  await page.getByRole('button', { name: 'Language' }).press('Enter')
  await page.getByRole('menuitem', { name: '简体中文' }).click()
  await isInChinese(page)
  await playground.reaches('finished')
  await expect(page.getByText('已完成：60 步')).toBeVisible()

  await page.reload()
  await isInChinese(page)
  await page.goto('./?lang=en')
  await expect(page).toHaveTitle('Train · Residual Playground')
  await page.goto('./?lang=zh')
  await isInChinese(page)
})

async function isInChinese(page: Page): Promise<void> {
  await expect(page).toHaveTitle('训练 · Residual Playground')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await expect(page.getByRole('button', { name: '重置', exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: '残差单元' })).toBeVisible()
}

test('the other places look right in light and dark, on a desk and on a phone', async ({
  playground,
}) => {
  const { page } = playground
  for (const place of ['compare', 'labs', 'learn', 'learn/residual-unit/difference', 'runs']) {
    await page.goto(`./#${place}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await looksRight(page, place)
  }
})
