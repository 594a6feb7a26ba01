import { afterAll, beforeAll, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { parseRun } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { TrainingDesk } from './desk'
import type { Event } from './protocol'

const RUN = parseRun({
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 },
  train: {
    ...{ ...FIRST_RUN.train, steps: 6, batchSize: 4 },
    learningRate: { kind: 'cosine', rate: 0.1 },
  },
})

const opened: Gpu[] = []
let endPacing: () => void
beforeAll(() => {
  endPacing = paceEventLoop()
})
afterAll(() => {
  for (const { device } of opened) device.destroy()
  endPacing()
})

/** A visit to the page: a desk of its own, and what it has said. */
class Visit {
  private readonly events: Event[] = []
  private readonly desk = new TrainingDesk(
    async () => {
      opened.push(await openNodeDevice(process.env.GPU_ADAPTER))
      return opened.at(-1)!
    },
    (event) => this.events.push(event),
    { checkpoints: async () => undefined, race: async () => undefined },
  )

  handle: TrainingDesk['handle'] = (command) => this.desk.handle(command)

  told<T extends Event['type']>(type: T): Extract<Event, { type: T }>[] {
    return this.events.filter((event): event is Extract<Event, { type: T }> => event.type === type)
  }

  /** The hash of the weights after a step, once training rests there. */
  async restsAt(step: number): Promise<string> {
    for (;;) {
      const found = this.told('weights').find(({ weights }) => weights.step === step)
      if (found) return found.weights.sha256
      const failed = this.told('phase').find(({ phase }) => phase.phase === 'failed')
      if (failed) throw new Error(JSON.stringify(failed))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async steps(from: number, to: number): Promise<void> {
    for (let step = from; step < to; step++) {
      await this.handle({ type: 'step' })
      await this.restsAt(step + 1)
    }
  }

  async finish(): Promise<string> {
    await this.handle({ type: 'train' })
    return this.restsAt(RUN.train.steps)
  }

  async checkpoint(): Promise<File> {
    await this.handle({ type: 'save', what: 'checkpoint' })
    const { name, bytes } = this.told('file').at(-1)!
    return new File([bytes], name)
  }

  get losses(): number[] {
    return this.told('steps').flatMap(({ steps }) => [...steps.loss])
  }

  get rates(): number[] {
    return this.told('steps').flatMap(({ steps }) => [...steps.learningRate])
  }
}

async function configured(): Promise<Visit> {
  const visit = new Visit()
  await visit.handle({ type: 'configure', id: 1, key: 'a', run: RUN })
  return visit
}

test('settings change from the next step on, and no earlier', async () => {
  const plain = await configured()
  await plain.finish()
  const changed = await configured()
  await changed.steps(0, 2)
  await changed.handle({ type: 'adjust', id: 1, change: { learningRate: 0.01 } })
  await changed.handle({ type: 'adjust', id: 1, change: { momentum: 0.5 } })
  // Of a run that was left: it changes nothing.
  await changed.handle({ type: 'adjust', id: 9, change: { momentum: 0.1 } })
  await changed.finish()
  expect(changed.told('adjusted').map(({ adjustment }) => adjustment)).toEqual([
    { step: 2, learningRate: 0.01 },
    { step: 2, momentum: 0.5 },
  ])
  const tenth = plain.rates.map((rate, step) => (step < 2 ? rate : rate / 10))
  for (const [step, rate] of changed.rates.entries()) expect(rate).toBeCloseTo(tenth[step]!, 12)
  // The loss of step 2 is that of the weights before it.
  expect(changed.losses.slice(0, 3)).toEqual(plain.losses.slice(0, 3))
  expect(changed.losses[3]).not.toBe(plain.losses[3])
})

test('a checkpoint of a run whose settings changed goes on to the bit', async () => {
  const change = { learningRate: 0.02, momentum: 0.5, weightDecay: 0.01 }
  const first = await configured()
  await first.steps(0, 2)
  await first.handle({ type: 'adjust', id: 1, change })
  await first.steps(2, 4)
  const file = await first.checkpoint()
  const weights = await first.finish()

  const second = new Visit()
  await second.handle({ type: 'open', id: 2, key: 'b', file, run: RUN })
  const [restored] = second.told('restored')
  expect(restored).toMatchObject({ run: RUN, adjustments: [{ step: 2, ...change }] })
  expect([...restored!.steps.learningRate]).toEqual(first.rates.slice(0, 4))
  expect(await second.finish()).toBe(weights)
  expect([...restored!.steps.loss, ...second.losses]).toEqual(first.losses)
})

test('a change of an opened run before anything is compiled holds from its next step on', async () => {
  const first = await configured()
  await first.steps(0, 2)
  const file = await first.checkpoint()
  await first.handle({ type: 'adjust', id: 1, change: { learningRate: 0.02 } })
  const weights = await first.finish()
  const second = new Visit()
  await second.handle({ type: 'open', id: 2, key: 'b', file, run: RUN })
  await second.handle({ type: 'adjust', id: 2, change: { learningRate: 0.02 } })
  expect(await second.finish()).toBe(weights)
})
