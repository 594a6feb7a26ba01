import { beforeEach, expect, test, vi } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client'
import { comparisonOf } from '../run/comparison'
import { FIRST_COMPARISON } from '../run/comparison-presets'
import { withLane, withoutLane } from '../run/lanes'
import { comparisonToHash } from '../run/link'
import { FIRST_RUN } from '../run/presets'
import { createBench } from './bench'
import { canRace, comparisonDiffers, createRace, isRaceFresh, type Race } from './race'

let client: ScriptedClient
let race: Race
let bench: ReturnType<typeof createBench>
const state = () => race.store.getState()
const posted = () => client.commands.filter(({ type }) => type.startsWith('race-'))

/** A storage of this test alone. */
function storage() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  } as unknown as Storage
}

beforeEach(() => {
  vi.useFakeTimers()
  client = new ScriptedClient()
  bench = createBench(client)
  race = createRace(client, bench.store)
  return () => vi.useRealTimers()
})

/** 24 hexadecimal digits, new for every race. */
const KEY = expect.stringMatching(/^[0-9a-f]{24}$/)
const pair = withoutLane(FIRST_COMPARISON, 2)
const steps = (first: number, ...losses: number[]) => ({
  first,
  loss: Float32Array.from(losses),
  correct: new Uint32Array(losses.length),
  learningRate: new Float64Array(losses.length),
  seconds: new Float64Array(losses.length),
})

test('nothing is asked of the worker before a comparison is looked at; then edits are planned', () => {
  race.edit(() => pair)
  expect(posted()).toEqual([])
  race.prepare()
  race.prepare()
  expect(posted()).toEqual([{ type: 'race-configure', race: 1, key: KEY, comparison: pair }])
  race.edit(() => FIRST_COMPARISON)
  expect(posted().at(-1)).toMatchObject({
    type: 'race-configure',
    race: 2,
    comparison: FIRST_COMPARISON,
  })
  race.edit(() => FIRST_COMPARISON)
  expect(posted()).toHaveLength(2)
})

test('a change during a race waits for the reset', () => {
  race.train()
  expect(posted().map(({ type }) => type)).toEqual(['race-configure', 'race-train'])
  client.say({ type: 'race-phase', race: 1, phase: { phase: 'paused', seedIndex: 0 } })
  race.edit(() => pair)
  expect(posted()).toHaveLength(2)
  expect(comparisonDiffers(state(), bench.store.getState())).toBe(true)
  race.reset()
  expect(posted().at(-1)).toMatchObject({ type: 'race-configure', race: 2, comparison: pair })
  expect(comparisonDiffers(state(), bench.store.getState())).toBe(false)
})

test('a comparison that is at fault is told and not sent', () => {
  race.edit((before) => ({ ...before, seeds: 9 }))
  expect(state().problems).toEqual(['seeds: expected an integer from 1 to 5, got 9'])
  expect(canRace(state())).toBe(false)
  race.train()
  race.reset()
  expect(posted()).toEqual([])
})

test('figures go to the lane and the seed that gave them; those of a left race are dropped', () => {
  race.edit((before) => ({ ...before, seeds: 2 }))
  race.prepare()
  const place = { race: 1, lane: 1, seedIndex: 1 }
  const { histories } = state()
  client.say({ type: 'race-steps', ...place, steps: steps(0, 2.3, 2.2) })
  client.say({ type: 'race-lane', ...place, state: { state: 'training' } })
  client.say({ type: 'race-weights', ...place, weights: { step: 2, sha256: 'ab' } })
  expect(state().histories).toBe(histories)
  expect(histories.map((seeds) => seeds.map((history) => history.steps))).toEqual([
    [0, 0],
    [0, 2],
    [0, 0],
  ])
  expect(state().lanes[1]!.map((lane) => lane.state)).toEqual(['waiting', 'training'])
  expect(state().weights[1]![1]).toEqual({ step: 2, sha256: 'ab' })
  race.reset()
  client.say({ type: 'race-steps', ...place, steps: steps(2, 2.1) })
  expect(
    state()
      .histories.flat()
      .every((history) => history.steps === 0),
  ).toBe(true)
  expect(state().weights[1]![1]).toBeUndefined()
})

test('a race that failed before its first step is another try for Train; after it, only for Reset', () => {
  race.train()
  const failed = { phase: 'failed', message: 'no memory', remedy: 'take less' } as const
  client.say({ type: 'race-phase', race: 1, phase: failed })
  expect(isRaceFresh(state())).toBe(true)
  race.train()
  expect(posted().slice(2)).toMatchObject([
    { type: 'race-configure', race: 2 },
    { type: 'race-train' },
  ])
  client.say({ type: 'race-lane', race: 2, lane: 0, seedIndex: 0, state: { state: 'training' } })
  client.say({ type: 'race-phase', race: 2, phase: failed })
  race.train()
  expect(posted()).toHaveLength(4)
})

test('a kept race takes over the page, and one that comes too late does not', () => {
  race.prepare()
  race.resumeLast()
  expect(posted().at(-1)).toEqual({ type: 'race-resume-last', race: 2 })
  client.say({ type: 'race-restored', race: 2, key: 'kept', comparison: pair })
  expect(state()).toMatchObject({ draft: pair, active: { race: 2, key: 'kept', comparison: pair } })
  race.resumeLast()
  race.reset()
  client.say({ type: 'race-restored', race: 3, key: 'kept', comparison: FIRST_COMPARISON })
  expect(state().active).toMatchObject({ race: 4, comparison: pair })
})

test('the comparison survives a reload; a damaged one gives way to the first', () => {
  const kept = storage()
  createRace(client, bench.store, kept).edit(() => pair)
  expect(createRace(client, bench.store, kept).store.getState().draft).toEqual(pair)
  kept.setItem('residual-playground.comparison.1', '{"format":1,"lanes":[]}')
  expect(createRace(client, bench.store, kept).store.getState().draft).toEqual(FIRST_COMPARISON)
})

test('a link replaces the comparison, and one of the user can be brought back; a bad link is told', () => {
  race.openLink(comparisonToHash(pair))
  expect(state()).toMatchObject({ draft: pair, replaced: undefined, badLink: [] })
  race.openLink(comparisonToHash(FIRST_COMPARISON))
  expect(state()).toMatchObject({ draft: FIRST_COMPARISON, replaced: pair })
  race.bringBack()
  expect(state()).toMatchObject({ draft: pair, replaced: undefined })
  race.openLink(comparisonToHash(FIRST_COMPARISON).slice(0, -4))
  expect(state().badLink[0]).toContain('This link is damaged.')
  expect(state().draft).toEqual(pair)
  race.openLink(comparisonToHash({ ...FIRST_COMPARISON, format: 2 as 1 }))
  const left = ['format: this version reads 1, got 2']
  expect(state()).toMatchObject({ draft: FIRST_COMPARISON, badLink: [], leftOfLink: left })
})

test('while CIFAR-10 is still coming a race takes the images that are there', () => {
  const run = { ...FIRST_RUN, data: { ...FIRST_RUN.data, name: 'cifar10' as const, train: 45_000 } }
  race.edit(() => withLane(comparisonOf(run), { name: 'again', model: run.model }))
  race.prepare()
  client.say({ type: 'data', data: { state: 'ready', ready: [1, 2], persisted: true } })
  expect(state().active!.comparison.data).toMatchObject({ train: 20_000, validation: 0 })
  expect(state().active!.comparison.lanes).toHaveLength(2)
})
