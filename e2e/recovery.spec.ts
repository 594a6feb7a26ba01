import { expect, type Playground, test } from './page-model'

/** Trains until a few steps are made and kept, then has `fault` happen, and waits for the end. */
async function breakAndFinish(playground: Playground, fault: () => Promise<void>): Promise<void> {
  await playground.press('Reset')
  await playground.reaches('idle')
  await playground.press('Train')
  await playground.hasSteps(3)
  await playground.keepsRun()
  await fault()
  await expect(notice(playground)).toBeVisible({ timeout: 60_000 })
  await playground.reaches('finished')
}

const notice = ({ page }: Playground) =>
  page.getByRole('region', { name: 'Set back to the last checkpoint' })

/** Kills the GPU process of the browser that this test has started. */
async function killGpuProcess({ page }: Playground): Promise<void> {
  const session = await page.context().browser()!.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  process.kill(processInfo.find(({ type }) => type === 'GPU')!.id, 'SIGKILL')
}

test('after the GPU process is killed, and after the worker ends, a run goes on by itself to the same digits', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await playground.makeSmall(40)
  await playground.showTable()
  await playground.press('Train')
  await playground.reaches('finished')
  const [losses, weights] = [await playground.losses(), await playground.weights()]
  expect(losses).toHaveLength(40)

  await breakAndFinish(playground, () => killGpuProcess(playground))
  await expect(notice(playground)).toContainText(/The GPU was lost .* goes on by itself from step/)
  expect(await playground.losses()).toEqual(losses)
  expect(await playground.weights()).toBe(weights)

  await breakAndFinish(playground, async () => {
    await page.workers()[0]!.evaluate(() => void setTimeout(() => self.close()))
  })
  await expect(notice(playground)).toContainText('The training worker stopped: it ended.')
  expect(await playground.losses()).toEqual(losses)
  expect(await playground.weights()).toBe(weights)
})
