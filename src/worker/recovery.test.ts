import { expect, test, vi } from 'vitest'
import { GpuUnavailable } from '../gpu/device'
import { Recovery } from './recovery'

vi.useFakeTimers({ toFake: ['setTimeout'] })

/** Counts its steps; a checkpoint is made when the test says so. */
class Counter {
  step = 0
  kept = 0
  stopped = false
  readonly told: [reason: string, outcome: string][] = []
  readonly recovery = new Recovery({
    place: () => this.step,
    goBack: () => {
      this.step = this.kept
    },
    stopRequested: () => this.stopped,
    wentBack: ({ reason, outcome }) => this.told.push([reason, outcome]),
  })

  /** Makes five steps, and before each what the test wants done. */
  async work(before: () => void): Promise<boolean> {
    const done = this.recovery.lasting(async () => {
      while (this.step < 5) {
        before()
        if (this.recovery.lost) throw new Error('the device is lost')
        this.step++
      }
    })
    await vi.runAllTimersAsync()
    return done
  }
}

test('after a loss the work is done again from the last checkpoint', async () => {
  const counter = new Counter()
  const losses = new Set([3, 4])
  const done = counter.work(() => {
    if (counter.step % 2 === 0) counter.kept = counter.step
    if (losses.delete(counter.step)) counter.recovery.lose(`loss at ${counter.step}`)
  })
  expect(await done).toBe(true)
  expect(counter.step).toBe(5)
  expect(counter.told).toEqual([
    ['loss at 3', 'continues'],
    ['loss at 4', 'continues'],
  ])
})

test('the second loss since a checkpoint ends in a rest, and so does one on the way to a pause', async () => {
  const counter = new Counter()
  counter.kept = 1
  const lose = () => counter.step === 3 && counter.recovery.lose('again')
  expect(await counter.work(lose)).toBe(false)
  expect(counter.step).toBe(1)
  expect(counter.told.map(([, outcome]) => outcome)).toEqual(['continues', 'repeated'])
  counter.kept = 2
  counter.stopped = true
  expect(await counter.work(lose)).toBe(false)
  expect(counter.told.at(-1)).toEqual(['again', 'rests'])
})

test('a loss that is told after what it broke, or not noticed by the work, counts all the same', async () => {
  const counter = new Counter()
  let late = true
  const broken = counter.work(() => {
    if (!late) return
    late = false
    setTimeout(() => counter.recovery.lose('late'), 100)
    throw new Error('a buffer could not be mapped')
  })
  expect(await broken).toBe(true)
  expect(counter.told).toEqual([['late', 'continues']])

  let attempts = 0
  const { recovery } = new Counter()
  const unnoticed = recovery.lasting(async () => {
    if (++attempts === 1) recovery.lose('unnoticed')
  })
  await vi.runAllTimersAsync()
  expect([await unnoticed, attempts]).toEqual([true, 2])
})

test('where there is no other device the work rests; faults of another kind are thrown', async () => {
  const counter = new Counter()
  let lost = false
  const gone = counter.work(() => {
    if (lost) throw new GpuUnavailable('no adapter', 'Reload the page.')
    lost = true
    counter.recovery.lose('gone')
  })
  expect(await gone).toBe(false)
  expect(counter.told).toEqual([
    ['gone', 'continues'],
    ['no adapter', 'rests'],
  ])
  const fault = counter.recovery.lasting(async () => {
    throw new TypeError('a bug')
  })
  await Promise.all([expect(fault).rejects.toThrow('a bug'), vi.runAllTimersAsync()])
})

test('a loss at rest is told only where steps are gone', async () => {
  const counter = new Counter()
  counter.step = 4
  counter.kept = 4
  counter.recovery.lose('nothing is gone')
  expect(counter.told).toEqual([])
  counter.kept = 3
  counter.recovery.lose('a step is gone')
  expect(counter.told).toEqual([['a step is gone', 'rests']])
  expect(counter.recovery.lost).toBe(false)
})
