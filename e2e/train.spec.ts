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

test('a reload during a run, then Resume, gives the losses and weights of an unbroken run, digit for digit', async ({
  playground,
}) => {
  await playground.open()
  await playground.makeSmall(24)
  await playground.showTable()
  await playground.press('Train')
  await playground.reaches('finished')
  const [losses, weights] = [await playground.losses(), await playground.weights()]
  expect(losses).toHaveLength(24)

  await playground.press('Reset')
  await playground.reaches('idle')
  await playground.press('Train')
  await playground.hasSteps(3)
  await playground.keepsRun()
  await playground.page.reload()
  const offer = playground.page.getByRole('region', { name: 'Last run' })
  await expect(offer).toContainText(/ResNet-8 v2, step \d+ of 24, saved \d\d:\d\d/)
  await playground.press('Resume')
  await playground.reaches('paused')
  await expect(offer).toBeHidden()
  await playground.showTable()
  await playground.press('Train')
  await playground.reaches('finished')
  await playground.hasSteps(24)
  expect(await playground.losses()).toEqual(losses)
  expect(await playground.weights()).toBe(weights)
})

test('a run is saved as a file and opened again; a damaged one is refused', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await playground.makeSmall(STEPS)
  await playground.press('Step')
  await playground.reaches('paused')
  const weights = await playground.weights()
  const { name, bytes } = await playground.save('Save checkpoint')
  expect(name).toBe('resnet-8-v2-step-1.checkpoint.safetensors')

  const damaged = Buffer.from(bytes)
  damaged[damaged.length - 1]! ^= 1
  await playground.openFile('damaged.safetensors', damaged)
  const refusal = page.getByRole('alert').filter({ hasText: 'damaged.safetensors was not taken' })
  await expect(refusal).toContainText('its checksum does not match its content')
  await refusal.getByRole('button', { name: 'Close' }).click()
  await playground.press('Step')
  await expect(page.getByText('Paused after step 2 of 60')).toBeVisible()

  await playground.openFile(name, bytes)
  await expect(page.getByText('Paused after step 1 of 60')).toBeVisible()
  await expect.poll(() => playground.weights()).toBe(weights)
  await playground.openFile(
    'net.weights.safetensors',
    (await playground.save('Save weights')).bytes,
  )
  await expect(page.getByText('Starts from the weights of net.weights.safetensors')).toBeVisible()
  await playground.reaches('idle')
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
  const pictures = playground.page.getByRole('region', { name: 'Pictures' })
  await pictures.locator('input[type=file]').setInputFiles({
    name: 'data_batch_1.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('<!doctype html><title>Not found</title>'),
  })
  await expect(playground.page.getByRole('alert')).toContainText('data_batch_1.bin')
  await playground.choose('Pictures', 'Built-in shapes')
  await playground.press('Step')
  await playground.reaches('paused')
})
