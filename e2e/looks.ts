import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect } from './page-model'

/**
 * The page as it stands, in light and dark, on a desk and on a phone: axe finds nothing, and nothing
 * has to be scrolled for sideways. Keeps a picture of each, of the whole page or of a part.
 */
export async function looksRight(page: Page, name: string, part?: Locator): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const where = `${name} in ${colorScheme} at ${width} pixels`
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      expect(found, where).toEqual([])
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(scrollWidth, where).toBeLessThanOrEqual(width)
      const path = `test-results/${name}-${colorScheme}-${width}.png`
      await (part ? part.screenshot({ path }) : page.screenshot({ path, fullPage: true }))
    }
  }
}
