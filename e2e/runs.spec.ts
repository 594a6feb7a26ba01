import { readFileSync } from 'node:fs'
import { looksRight } from './looks'
import { expect, type Playground, test } from './page-model'

const LIST = { name: 'Kept runs' } as const

/** Trains a small net to its end, and goes to the runs. */
async function trainAndLook(playground: Playground, steps: number): Promise<void> {
  await playground.open()
  await playground.makeSmall(steps)
  await playground.press('Train')
  await playground.reaches('finished')
  await goTo(playground, 'Runs')
}

async function goTo({ page }: Playground, place: string): Promise<void> {
  await page.getByRole('link', { name: place, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeFocused()
}

test('a run is kept over a reload, renamed, starred, annotated, found, deleted and brought back', async ({
  playground,
}) => {
  const { page } = playground
  await trainAndLook(playground, 5)
  await page.reload()
  const list = page.getByRole('region', LIST)
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(list).toContainText('5 of 5 steps, finished')

  await list.getByRole('link', { name: 'ResNet-8 v2' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'ResNet-8 v2' })).toBeFocused()
  await page.getByLabel('Name', { exact: true }).fill('My first')
  await page.getByLabel('Name', { exact: true }).press('Enter')
  await page.getByLabel('Note', { exact: true }).fill('a small one')
  await page.getByLabel('Note', { exact: true }).blur()
  await expect(page.getByRole('heading', { level: 1, name: 'My first' })).toBeVisible()
  await page.goBack()
  await list.getByRole('button', { name: 'Star My first' }).click()
  await page.reload()
  await expect(list.getByRole('button', { name: 'Star My first', pressed: true })).toBeVisible()
  await page.getByLabel('Search runs').fill('small resnet-8')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByLabel('Search runs').fill('another')
  await expect(list.getByRole('listitem')).toHaveCount(0)
  await page.getByLabel('Search runs').fill('')

  await list.getByRole('button', { name: 'Delete My first' }).click()
  await expect(list).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(1)
})

test('an exported run that was deleted is imported with the same figures; a damaged file is refused', async ({
  playground,
}) => {
  const { page } = playground
  await trainAndLook(playground, 5)
  await page.reload()
  const saved = async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export JSON' }).click()
    return JSON.parse(readFileSync(await (await download).path(), 'utf8'))
  }
  const before = await saved()
  expect(before.runs[0].columns.loss).toHaveLength(5)
  const list = page.getByRole('region', LIST)
  await list.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('button', { name: 'Remove for good' }).click()

  const give = async (text: string) => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Import…' }).click()
    const file = { name: 'a.runs.json', mimeType: 'application/json', buffer: Buffer.from(text) }
    await (await chooser).setFiles(file)
  }
  await give(JSON.stringify(before))
  await expect(page.getByText('1 run added')).toBeVisible()
  expect((await saved()).runs).toEqual(before.runs)
  await give(JSON.stringify(before))
  await expect(page.getByText('1 run here already')).toBeVisible()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  before.runs[0].columns.loss[1] = null
  await give(JSON.stringify(before))
  await expect(page.getByRole('alert')).toContainText(
    'runs[0].columns.loss: [1]: expected a number',
  )
})

test('a kept run is forked with another unit, and the page says what comes from the seed', async ({
  playground,
}) => {
  const { page } = playground
  await trainAndLook(playground, 3)
  await page.reload()
  await page.getByRole('region', LIST).getByRole('link', { name: 'ResNet-8 v2' }).click()
  const panel = page.getByRole('region', { name: 'Fork' })
  await panel.getByLabel('Net').selectOption('ResNet-8 v1')
  await expect(panel).toContainText(/\d+ of \d+ tensors fit/)
  await panel.getByRole('button', { name: 'Fork' }).click()
  await expect(page.getByText('Starts from the weights of ResNet-8 v2')).toBeVisible()
  await expect(page.getByText(/\d+ tensors come from the seed all the same/)).toBeVisible()
  await playground.press('Train')
  await playground.reaches('finished')
  await goTo(playground, 'Runs')
  await expect(page.getByRole('region', LIST).getByRole('listitem')).toHaveCount(2)
})

test('when the storage is full the run goes on, and room is made by the oldest checkpoints', async ({
  playground,
}) => {
  const { page } = playground
  await trainAndLook(playground, 3)
  const [origin, usage] = await page.evaluate(async () => {
    const { usage = 0 } = await navigator.storage.estimate()
    return [location.origin, usage] as const
  })
  const browser = await page.context().newCDPSession(page)
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 30_000 })
  await goTo(playground, 'Train')
  await playground.press('Reset')
  await playground.reaches('idle')
  await playground.press('Train')
  await playground.reaches('finished')
  const notice = page.getByRole('region', { name: 'Storage' })
  await expect(notice).toContainText("The browser's storage is full.")
  await expect(notice).toContainText('ResNet-8 v2, step 3')
  await notice.getByRole('button', { name: /^Remove this checkpoint/ }).click()
  await expect(notice).toBeHidden()
  await goTo(playground, 'Runs')
  const list = page.getByRole('region', LIST)
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await list.getByRole('link', { name: 'ResNet-8 v2' }).first().click()
  await expect(page.getByText('Its checkpoint is of step 3.')).toBeVisible()
})

test('the runs and the page of one look right in light and dark, on a desk and on a phone', async ({
  playground,
}) => {
  const { page } = playground
  await trainAndLook(playground, 8)
  await goTo(playground, 'Train')
  await playground.choose('Version', 'v1')
  await page.getByRole('button', { name: 'Reset to apply' }).click()
  await playground.press('Train')
  await playground.reaches('finished')
  await goTo(playground, 'Runs')
  const list = page.getByRole('region', LIST)
  for (const box of await list.getByRole('checkbox').all()) await box.check()
  await expect(page.getByRole('region', { name: 'Loss' })).toBeVisible()
  await looksRight(page, 'runs')
  await list.getByRole('link', { name: 'ResNet-8 v1' }).click()
  await expect(page.getByRole('table', { name: 'Receipt' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Loss' })).toBeVisible()
  await looksRight(page, 'run')
})
