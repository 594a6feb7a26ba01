import { cifarFolder } from './cifar'
import { expect, type Playground, test } from './page-model'

const STEPS = 60

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length
}

/** How far the loss fell from the first ten steps to the last ten. */
async function fall(playground: Playground): Promise<number> {
  const losses = (await playground.losses()).map(Number)
  expect(losses).toHaveLength(STEPS)
  expect(losses.every(Number.isFinite)).toBe(true)
  return mean(losses.slice(0, 10)) - mean(losses.slice(-10))
}

test('a net learns the built-in pictures without any network', async ({ playground }) => {
  await playground.open()
  await expect(playground.page.getByText('(software)')).toBeVisible()
  await playground.goOffline()
  await playground.makeSmall(STEPS)
  await playground.showTable()
  await playground.press('Train')
  await playground.reaches('finished')
  expect(await fall(playground)).toBeGreaterThan(0.1)
  await expect(playground.page.getByRole('region', { name: 'Accuracy' })).toContainText(
    /validation after step 60: \d+\.\d % on 500 images/,
  )
})

test('pause, step and reset do what they say, and a reset repeats the loss to the bit', async ({
  playground,
}) => {
  await playground.open()
  await playground.makeSmall(STEPS)
  await playground.showTable()
  await playground.press('Step')
  await playground.reaches('paused')
  await playground.hasSteps(1)
  const [first] = await playground.losses()
  await playground.press('Step')
  await playground.hasSteps(2)
  expect(await playground.losses()).toHaveLength(2)

  await playground.press('Train')
  await playground.hasSteps(5)
  await playground.press('Pause')
  await playground.reaches('paused')
  const paused = await playground.losses()
  await playground.page.waitForTimeout(1500)
  expect(await playground.losses()).toEqual(paused)

  await playground.press('Reset')
  await playground.reaches('idle')
  await playground.hasSteps(0)
  await playground.press('Step')
  await playground.hasSteps(1)
  expect(await playground.losses()).toEqual([first])
})

test('settings changed during a run wait for a reset', async ({ playground }) => {
  await playground.open()
  await playground.makeSmall(STEPS)
  await playground.press('Step')
  await playground.reaches('paused')
  await playground.choose('Version', 'v1')
  await playground.page.getByRole('button', { name: 'Reset to apply' }).click()
  await playground.reaches('idle')
  await expect(playground.page.getByText('The settings have changed')).toBeHidden()
})

test('CIFAR-10 comes from the folder, is kept, and a net learns on it', async ({ playground }) => {
  test.skip(cifarFolder() === undefined, 'CIFAR-10 is not on this machine: set CIFAR10_DIR')
  await playground.open()
  await playground.choose('Pictures', 'CIFAR-10')
  await playground.page.getByRole('button', { name: 'Get CIFAR-10' }).click()
  const here = playground.page.getByText('50,000 of 50,000 training images are here')
  await expect(here).toBeVisible({ timeout: 120_000 })
  await expect(playground.page.getByRole('button', { name: /Remove/ })).toBeVisible({
    timeout: 60_000,
  })

  await playground.page.reload()
  await expect(here).toBeVisible({ timeout: 60_000 })
  await playground.makeSmall(STEPS)
  await playground.fill('Validate every', STEPS)
  await playground.fill('on', 100)
  await playground.showTable()
  await playground.press('Train')
  await playground.reaches('finished')
  expect(await fall(playground)).toBeGreaterThan(0.1)
})

test('a file that is no CIFAR-10 is refused with the reason', async ({ playground }) => {
  await playground.open()
  await playground.choose('Pictures', 'CIFAR-10')
  await playground.page.locator('input[type=file]').setInputFiles({
    name: 'data_batch_1.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('<!doctype html><title>Not found</title>'),
  })
  await expect(playground.page.getByRole('alert')).toContainText('data_batch_1.bin')
  await playground.choose('Pictures', 'Built-in shapes')
  await playground.press('Step')
  await playground.reaches('paused')
})
