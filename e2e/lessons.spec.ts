import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FrameLocator, Page } from '@playwright/test'
import { expect, test } from './page-model'

/** Checks that compare losses of a few steps, which another rounding may turn round. */
const OF_CHANCE = new Set(['gap', 'ahead', 'learns', 'losses', 'spread'])

/** A lesson as a person goes through it, in the page or in a frame of another one. */
class Reading {
  constructor(private readonly page: Page | FrameLocator) {}

  get main() {
    return this.page.getByRole('main')
  }

  /** Answers, does and awaits whatever the step asks for. */
  async doStep(): Promise<void> {
    const option = this.page.locator('fieldset').getByRole('radio').first()
    if ((await option.count()) > 0) await option.check()
    const action = this.page.locator('[data-act]:enabled')
    await expect(async () => {
      if ((await this.main.getAttribute('data-done')) !== 'true' && (await action.count()) > 0) {
        // A measuring step's first press may train its nets.
        await action.click({ timeout: 1000 }).catch(() => {})
      }
      expect(await this.main.getAttribute('data-done')).toBe('true')
    }).toPass({ timeout: 300_000, intervals: [100, 200, 500] })
    for (const check of await this.page.locator('[data-check]').all()) {
      await expect(check).toHaveAttribute('data-reached', 'true')
      const id = (await check.getAttribute('data-check'))!
      if (!OF_CHANCE.has(id)) await expect(check, id).toHaveAttribute('data-holds', 'true')
      await expect(check).not.toContainText(/\{\w+\}|NaN|undefined/)
    }
  }

  /** Goes on to the next step; false where this was the last. */
  async goOn(): Promise<boolean> {
    const next = this.page.getByRole('link', { name: 'Next', exact: true })
    if ((await next.count()) === 0) return false
    const step = (await next.getAttribute('href'))!.split('/').at(-1)!
    await next.click()
    await expect(this.main).toHaveAttribute('data-step', step)
    return true
  }
}

/**
 * All of them by ALL_LESSONS=1, which takes a software adapter 26 minutes; else the first.
 * `src/store/learn-play.test.ts` plays all of them without a GPU.
 */
const ALL = process.env.ALL_LESSONS === '1'

test('lessons are played through in one page, and their progress is kept', async ({
  playground,
}) => {
  if (ALL) test.setTimeout(3_600_000)
  const { page } = playground
  await page.goto('./#learn')
  const entries = page.locator('.lesson-entry')
  await expect(entries.first()).toBeVisible()
  const lessons = ALL ? await entries.count() : 1
  const reading = new Reading(page)
  for (let i = 0; i < lessons; i++) {
    const since = Date.now()
    await entries.nth(i).getByRole('link').click()
    do await reading.doStep()
    while (await reading.goOn())
    const title = await page.getByRole('heading', { level: 1 }).textContent()
    console.log(`${((Date.now() - since) / 1000).toFixed(1)} s  ${title}`)
    await page.getByRole('link', { name: 'All lessons' }).click()
    await expect(entries.nth(i)).toContainText('All steps done')
  }
  await page.reload()
  await expect(page.getByText('All steps done')).toHaveCount(lessons)
  await page.getByRole('button', { name: 'Forget my progress' }).click()
  await expect(page.getByText('All steps done')).toHaveCount(0)
})

test('a lesson in a frame of another page trains there, without the head of the page', async ({
  playground,
  baseURL,
}) => {
  const { page } = playground
  const source = `${baseURL}/?embed&amp;lang=en&amp;hide=paper,knobs#learn/residual-unit/train`
  const course = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<title>Course</title><iframe src="${source}" width="1200" height="900"></iframe>`)
  })
  await new Promise<void>((resolve) => course.listen(0, resolve))
  try {
    await page.goto(`http://127.0.0.1:${(course.address() as AddressInfo).port}/`)
    const frame = page.frameLocator('iframe')
    await expect(frame.getByRole('alert')).toContainText('“hide” does not know “knobs”')
    await expect(frame.getByRole('heading', { name: 'Let it learn' })).toBeVisible()
    await expect(frame.getByRole('banner')).toHaveCount(0)
    await new Reading(frame).doStep()
    await expect(frame.locator('[data-check]')).toContainText(/The loss was \d\.\d{3}/)
    // The course page itself is of another origin.
    expect(playground.takeFaults()).toBe(page.url())
  } finally {
    course.close()
  }
})
