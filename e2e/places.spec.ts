import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { looksRight } from './looks'
import { expect, type Playground, test } from './page-model'

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
  await breakEquations(page)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Train' })).toBeFocused()
  await isBrokenInOnePart(playground)
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

/** Until it is mended, the page cannot make the MathML of an equation. */
async function breakEquations(page: Page): Promise<void> {
  await page.evaluate(() => {
    const make = document.createElementNS
    document.createElementNS = function (this: Document, space: string, name: string) {
      if (name === 'math') throw new Error('broken on purpose')
      return make.call(this, space, name)
    } as typeof make
    Object.assign(window, { mend: () => Object.assign(document, { createElementNS: make }) })
  })
}

/** Says so, with details to copy, while the run trains on; then it is mended and tried again. */
async function isBrokenInOnePart(playground: Playground): Promise<void> {
  const { page } = playground
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const equations = page.getByRole('group', { name: /^Equations/ })
  await equations.scrollIntoViewIfNeeded()
  const fault = page.getByRole('alert').filter({ hasText: 'This part of the page broke' })
  await expect(fault).toContainText('What it says: broken on purpose.')
  await expect(playground.main).toHaveAttribute('data-phase', 'training')
  await fault.getByRole('button', { name: 'Copy details' }).click()
  const details = await page.evaluate(() => navigator.clipboard.readText())
  expect(details).toMatch(/^Residual Playground \d[\s\S]*\/\nError: broken on purpose\n/)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await page.evaluate(() => (window as unknown as { mend(): void }).mend())
  await fault.getByRole('button', { name: 'Try again' }).click()
  await equations.scrollIntoViewIfNeeded()
  await expect(equations.getByRole('math').first()).toBeVisible()
  expect(playground.takeFaults()).toContain('broken on purpose')

  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('nobody caught this')
    })
  })
  const uncaught = page.getByRole('alert').filter({ hasText: 'Something in the page broke' })
  await expect(uncaught).toContainText('nobody caught this')
  await uncaught.getByRole('button', { name: 'Close' }).click()
  await expect(uncaught).toBeHidden()
  expect(playground.takeFaults()).toContain('nobody caught this')
}

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
