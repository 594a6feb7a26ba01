import { sha256 } from '@noble/hashes/sha2.js'
import { deflateSync } from 'fflate'
import { FIRST_RUN } from '../src/run/presets'
import { expect, Playground, test } from './page-model'

test('a copied link, opened in a fresh browser, gives the same first losses', async ({
  playground,
  browser,
}) => {
  const { page } = playground
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await playground.open()
  await playground.makeSmall(3)
  await playground.fill('Seed', 7)
  await playground.choose('Version', 'v1')
  await playground.showTable()
  await playground.press('Train')
  await playground.reaches('finished')
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())

  const context = await browser.newContext()
  const other = new Playground(await context.newPage())
  await other.page.goto(link)
  await expect(other.page.getByLabel('Seed')).toHaveValue('7')
  await expect(other.page).toHaveURL(/#train$/)
  await other.showTable()
  await other.press('Train')
  await other.reaches('finished')
  await other.hasSteps(3)
  expect(await other.losses()).toEqual(await playground.losses())
  await context.close()
})

test('a link of a newer version opens what is known and names the rest; a damaged one says so', async ({
  playground,
}) => {
  const { page } = playground
  const newer = { ...FIRST_RUN, format: 2, seed: 99, train: { ...FIRST_RUN.train, warp: true } }
  const json = Buffer.from(JSON.stringify(newer))
  const packed = Buffer.concat([sha256(json).subarray(0, 4), deflateSync(json)])
  await page.goto(`./#run=${packed.toString('base64url')}`)
  const part = page.getByRole('alert').filter({ hasText: 'opened in part' })
  await expect(part).toContainText('format: this version reads 1, got 2')
  await expect(part).toContainText('train.warp: unknown key')
  await expect(page.getByLabel('Seed')).toHaveValue('99')
  await part.getByRole('button', { name: 'Close' }).click()
  await expect(part).toBeHidden()

  await page.evaluate(() => {
    window.location.hash = '#run=AAAA'
  })
  await expect(page.getByRole('alert').filter({ hasText: 'The link was not taken' })).toContainText(
    'Copy the whole link again',
  )
  await expect(page.getByLabel('Seed')).toHaveValue('99')
})
