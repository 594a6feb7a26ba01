import AxeBuilder from '@axe-core/playwright'
import { FIRST_RUN } from '../src/run/presets'
import { looksRight } from './looks'
import { expect, test } from './page-model'

test('v1 and v1.5 with basic units are said to be the same, and bottlenecks are offered', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await playground.choose('Version', 'v1.5')
  await expect(page.getByText('v1 and v1.5 are the same network')).toBeVisible()
  await page.getByRole('button', { name: /Use bottlenecks/ }).click()
  await expect(page.getByText('v1 and v1.5 are the same network')).toBeHidden()

  await playground.choose('Unit shown', 'shape changes')
  const diagram = page.getByRole('img', { name: /^Unit / })
  await expect(diagram).toHaveAttribute('aria-label', /1×1 conv, \d+, BN, ReLU, 3×3 conv/)
  await playground.choose('Version', 'v2')
  await expect(diagram).toHaveAttribute('aria-label', /Before the paths part: BN, ReLU/)
})

test('the rivals of the identity change diagram and equation, and one trains', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await playground.makeSmall(60)
  await page.getByText('More: order and shortcut').click()
  await page.getByLabel('Shortcut', { exact: true }).selectOption('exclusive gate')
  const equations = page.getByRole('group', { name: /^Equations/ })
  await equations.scrollIntoViewIfNeeded()
  await expect(equations.getByRole('math').first()).toContainText('⊙')
  await equations.press('End')
  await expect(page.getByRole('status').getByText('σ', { exact: true })).toBeAttached()
  await expect(page.locator('.diagram [data-lit]')).toHaveText(['σ'])
  await page.getByLabel('Order of BN and ReLU').selectOption('original (v1)')
  await expect(page.getByText('8.70 %')).toBeVisible()
  await page.getByRole('slider', { name: 'First bias of the gate' }).press('ArrowLeft')
  await expect(page.getByText('9.81 %')).toBeVisible()
  await playground.press('Step')
  await playground.reaches('paused')
})

test('settings out of range are refused with path and reason, and survive a reload when right', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await playground.fill('Batch size', 0)
  await expect(page.getByRole('alert')).toContainText(
    'train.batchSize: expected an integer from 1 to 4096, got 0',
  )
  await expect(page.getByRole('button', { name: 'Train' })).toBeDisabled()
  await playground.fill('Batch size', 24)
  await expect(page.getByRole('alert')).toBeHidden()
  await page.reload()
  await expect(page.getByLabel('Batch size')).toHaveValue('24')
})

test('an adapter without f16 says so, and a run in f16 is refused until f32 is chosen', async ({
  playground,
}) => {
  const { page } = playground
  const half = { ...FIRST_RUN, train: { ...FIRST_RUN.train, precision: 'f16' } }
  await page.addInitScript(
    (run) => localStorage.setItem('residual-playground.run.1', run),
    JSON.stringify(half),
  )
  await playground.open()
  await playground.makeSmall(60)
  const precision = page.getByRole('combobox', { name: 'Precision' })
  await expect(precision).toHaveValue('f16')
  await expect(page.getByText('this adapter has no shader-f16')).toBeVisible()
  await expect(page.getByText('Choose f32 to train here.')).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await playground.press('Train')
  await playground.reaches('failed')
  const alert = page.getByRole('alert').filter({ hasText: 'it has no shader-f16' })
  await expect(alert).toContainText('Train in f32: under Precision')

  await precision.selectOption('f32')
  await expect(page.getByText('Choose f32 to train here.')).toBeHidden()
  await expect(page.getByRole('option', { name: 'f16' })).toBeDisabled()
  await playground.press('Step')
  await playground.reaches('paused')
})

test('the keyboard trains and pauses', async ({ playground }) => {
  await playground.open()
  await playground.makeSmall(60)
  await playground.page.getByText('Residual Playground', { exact: true }).click()
  await playground.page.keyboard.press('s')
  await playground.reaches('paused')
  await playground.page.keyboard.press('Space')
  await playground.reaches('training')
  await playground.page.keyboard.press('Space')
  await playground.reaches('paused')
  await playground.page.keyboard.press('r')
  await playground.reaches('idle')
})

test('nothing is found by axe, in light and dark, on a desk and on a phone', async ({
  playground,
}) => {
  const { page } = playground
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await playground.open()
  await playground.makeSmall(60)
  await playground.press('Step')
  await playground.reaches('paused')
  await playground.showTable()
  await playground.choose('Pictures', 'CIFAR-10')
  await playground.choose('Version', 'v1')
  await page.getByText('More: order and shortcut').click()
  await page.getByLabel('Shortcut', { exact: true }).selectOption('constant scaling')
  await page.getByText('What the GPU memory is for').click()
  await expect(page.getByText('layer1.0.conv1', { exact: true })).toBeVisible()
  await looksRight(page, 'bench')
})
