import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LESSONS, loadLesson } from '../lessons/catalogue'
import { setupOf } from '../lessons/setup'
import { FakeClient } from '../worker/fake'
import { createBench } from './bench'
import { createLearn } from './learn'
import { standingOf } from './lesson-standing'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function opened() {
  const client = new FakeClient({ state: 'ready', name: 'Fake', software: false, f16: true })
  const bench = createBench(client)
  vi.advanceTimersByTime(100)
  return { bench, learn: createLearn(client, bench.store) }
}

/** What is left undone, and the checks without their values, after each action of a lesson. */
async function play(name: (typeof LESSONS)[number]): Promise<string[]> {
  const lesson = await loadLesson(name)
  const { learn } = opened()
  const left: string[] = []
  for (const [i, { id, action, checks = [] }] of lesson.steps.entries()) {
    const { key, comparison } = setupOf(name, lesson, i, 'en')
    learn.lay(key, comparison)
    const seen = (laid: boolean) => {
      const [race, meter] = [learn.race.store.getState(), learn.meter.store.getState()]
      return standingOf(lesson, i, { laid, answered: true }, race, meter)
    }
    const { target } = seen(true)
    if (action?.kind === 'train') learn.trainTo(target, action.meter)
    if (action?.kind === 'measure') learn.meter.read()
    vi.advanceTimersByTime(60_000)
    const { actionDone, judged } = seen(true)
    if (!actionDone) left.push(`${id}: its action`)
    for (const [k, check] of checks.entries()) {
      if (!judged[k]) left.push(`${id}: check ${check.id}`)
    }
    if (seen(false).done) left.push(`${id}: done on the nets of another step`)
  }
  return left
}

describe('every lesson can be played through: each action ends, each check has its values', () => {
  test.each(LESSONS)('%s', async (name) => {
    expect(await play(name)).toEqual([])
  })
})

test("a lesson leaves the page's own run and settings as they are", async () => {
  const { bench, learn } = opened()
  bench.train()
  vi.advanceTimersByTime(2000)
  const { draft, active } = bench.store.getState()
  const { key, comparison } = setupOf('residual-unit', await loadLesson('residual-unit'), 0, 'en')
  learn.lay(key, comparison)
  learn.trainTo(40)
  vi.advanceTimersByTime(20_000)
  expect(learn.race.store.getState().histories[0]![0]!.steps).toBe(40)
  expect(bench.store.getState()).toMatchObject({ draft, active, phase: { phase: 'paused' } })
})
