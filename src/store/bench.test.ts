import { beforeEach, expect, test, vi } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client'
import { cifarSpec } from '../models/presets'
import type { RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import type { Command, Event } from '../worker/protocol'
import { createBench, moreImagesCame, settingsDiffer } from './bench'
import { fitToData } from './data-fit'

let client: ScriptedClient

beforeEach(() => {
  vi.useFakeTimers()
  client = new ScriptedClient()
  return () => vi.useRealTimers()
})

/** The id of a new run: hexadecimal digits, drawn anew for each. */
const KEY = expect.stringMatching(/^[0-9a-f]{24}$/)

const steps = (first: number, ...losses: number[]) => ({
  first,
  loss: Float32Array.from(losses),
  correct: new Uint32Array(losses.length),
  learningRate: new Float64Array(losses.length),
  seconds: new Float64Array(losses.length),
})

test('the page configures its first run, and a change before training takes effect at once', () => {
  const bench = createBench(client)
  expect(client.commands).toEqual([{ type: 'configure', id: 1, key: KEY, run: FIRST_RUN }])
  bench.edit((run) => ({ ...run, seed: 9 }))
  expect(client.commands.at(-1)).toEqual({
    ...{ type: 'configure', id: 2, key: KEY },
    run: { ...FIRST_RUN, seed: 9 },
  })
})

test('a change during a run waits for the reset', () => {
  const bench = createBench(client)
  client.say({ type: 'phase', id: 1, phase: { phase: 'paused', step: 4 } })
  bench.edit((run) => ({ ...run, seed: 9 }))
  expect(client.commands).toHaveLength(1)
  expect(settingsDiffer(bench.store.getState())).toBe(true)
  bench.reset()
  expect(client.commands.at(-1)).toMatchObject({ type: 'configure', id: 2, run: { seed: 9 } })
  expect(settingsDiffer(bench.store.getState())).toBe(false)
})

test('settings out of range are told and not sent', () => {
  const bench = createBench(client)
  bench.edit((run) => ({ ...run, train: { ...run.train, batchSize: 0 } }))
  expect(bench.store.getState().problems[0]).toContain('train.batchSize')
  expect(client.commands).toHaveLength(1)
})

test('no key or button trains while the settings are out of range, or after the last step', () => {
  const bench = createBench(client)
  bench.edit((run) => ({ ...run, seed: -1 }))
  bench.train()
  bench.step()
  bench.reset()
  expect(client.commands).toHaveLength(1)
  bench.edit(() => FIRST_RUN)
  client.say({ type: 'phase', id: 1, phase: { phase: 'finished', step: 600 } })
  bench.train()
  expect(client.commands).toHaveLength(1)
  bench.reset()
  bench.train()
  expect(client.commands.slice(1).map(({ type }) => type)).toEqual(['configure', 'train'])
})

test('a run that failed before its first step is configured again by Train', () => {
  const bench = createBench(client)
  const failed = { phase: 'failed', step: 0, message: 'no data', remedy: 'get it' } as const
  client.say({ type: 'phase', id: 1, phase: failed })
  bench.train()
  expect(client.commands.slice(1)).toEqual([
    { type: 'configure', id: 2, key: KEY, run: FIRST_RUN },
    { type: 'train' },
  ])
})

test('events of a run that was left are dropped', () => {
  const bench = createBench(client)
  bench.reset()
  client.say({ type: 'steps', id: 1, steps: steps(0, 2.3) })
  expect(bench.history.steps).toBe(0)
  client.say({ type: 'steps', id: 2, steps: steps(0, 2.3, 2.2) })
  expect(bench.history.steps).toBe(2)
})

const restored = (id: number, run: RunConfig, weightsOf?: string): Event => ({
  ...{ type: 'restored', id, key: 'kept', run, steps: steps(0, 2.3, 2.2) },
  evaluations: [{ step: 2, loss: 2.2, accuracy: 0.2, images: 10 }],
  ...(weightsOf === undefined ? {} : { weightsOf }),
})

test('a restored run takes over settings, figures and the page, and can be trained on', () => {
  const bench = createBench(client)
  const run = { ...FIRST_RUN, seed: 7 }
  bench.resume({ id: 'kept', name: 'A run' })
  const resume = { type: 'resume', id: 2, key: 'kept', name: 'A run' }
  expect(client.commands.at(-1)).toEqual(resume)
  client.say(restored(2, run))
  client.say({ type: 'phase', id: 2, phase: { phase: 'paused', step: 2 } })
  client.say({ type: 'weights', id: 2, weights: { step: 2, sha256: 'ab' } })
  const { draft, active, weights, startsFrom } = bench.store.getState()
  expect([draft, active, weights, startsFrom]).toEqual([
    run,
    { id: 2, key: 'kept', run },
    { step: 2, sha256: 'ab' },
    undefined,
  ])
  expect(bench.history.steps).toBe(2)
  expect(bench.history.evaluations).toHaveLength(1)
  expect(settingsDiffer(bench.store.getState())).toBe(false)
  bench.train()
  expect(client.commands.at(-1)).toEqual({ type: 'train' })
})

test('a file that is opened too late for the page is dropped', () => {
  const bench = createBench(client)
  bench.open(new File([], 'a.safetensors'))
  expect(client.commands.at(-1)).toMatchObject({ type: 'open', id: 2, run: FIRST_RUN })
  bench.reset()
  client.say(restored(2, { ...FIRST_RUN, seed: 7 }))
  expect(bench.store.getState().active).toEqual({ id: 3, key: KEY, run: FIRST_RUN })
  expect(bench.history.steps).toBe(0)
})

test('opened weights stay while settings change, until the net changes or a reset', () => {
  const bench = createBench(client)
  const opened = () => {
    bench.open(new File([], 'a.safetensors'))
    const { id } = client.commands.at(-1) as { id: number }
    client.say(restored(id, bench.store.getState().active.run, 'a.safetensors'))
    expect(bench.store.getState().startsFrom).toEqual({ name: 'a.safetensors', fromSeed: [] })
  }
  opened()
  bench.edit((run) => ({ ...run, seed: 9 }))
  expect(client.commands.at(-1)).toMatchObject({ type: 'configure', keepWeights: true })
  expect(bench.store.getState().startsFrom).toEqual({ name: 'a.safetensors', fromSeed: [] })
  const deeper = cifarSpec({ version: 'v2', block: 'basic', depth: 14 })
  bench.edit((run) => ({ ...run, model: deeper }))
  expect(client.commands.at(-1)).not.toHaveProperty('keepWeights')
  expect(bench.store.getState().startsFrom).toBeUndefined()
  opened()
  bench.reset()
  expect(client.commands.at(-1)).not.toHaveProperty('keepWeights')
  expect(bench.store.getState().startsFrom).toBeUndefined()
})

test('a fork takes its own settings to the page and says what comes from the seed', () => {
  const bench = createBench(client)
  const run = { ...FIRST_RUN, seed: 7 }
  bench.fork({ id: 'kept', name: 'A run' }, run)
  const { id, key } = client.commands.at(-1) as Extract<Command, { type: 'fork' }>
  expect(client.commands.at(-1)).toEqual({
    ...{ type: 'fork', id: 2, key: KEY, from: 'kept', name: 'A run', run },
  })
  const empty = { type: 'restored', id, key, run, steps: steps(0), evaluations: [] } as const
  client.say({ ...empty, weightsOf: 'A run', fromSeed: ['fc.bias'] })
  expect(bench.store.getState()).toMatchObject({
    ...{ draft: run, active: { id, key, run } },
    startsFrom: { name: 'A run', fromSeed: ['fc.bias'] },
  })
})

test('a refused file is told until it is put away, and the run stays', () => {
  const bench = createBench(client)
  bench.open(new File([], 'a.safetensors'))
  const refused = { name: 'a.safetensors', message: 'It is damaged.', remedy: 'Open another.' }
  client.say({ type: 'refused', ...refused })
  expect(bench.store.getState()).toMatchObject({ refused, active: { id: 1 } })
  bench.dismissRefused()
  expect(bench.store.getState().refused).toBeUndefined()
})

test('a file of the run is handed to the user', () => {
  const download = vi.fn()
  const bench = createBench(client, undefined, download)
  bench.save('weights')
  expect(client.commands.at(-1)).toEqual({ type: 'save', what: 'weights' })
  const bytes = new Uint8Array(3)
  client.say({ type: 'file', name: 'net.weights.safetensors', bytes })
  expect(download).toHaveBeenCalledExactlyOnceWith('net.weights.safetensors', bytes)
})

test('settings survive a reload; damaged ones give way to the first run', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  } as unknown as Storage
  createBench(client, storage).edit((run) => ({
    ...run,
    model: cifarSpec({ version: 'v1.5', block: 'bottleneck', depth: 20 }),
  }))
  const again = createBench(client, storage).store.getState().draft
  expect(again.model.strideAt).toBe('3x3')
  for (const key of kept.keys()) kept.set(key, '{"format":7}')
  expect(createBench(client, storage).store.getState().draft).toEqual(FIRST_RUN)
})

test('while CIFAR-10 is still coming a run takes the images that are there without a gap', () => {
  const data = { ...FIRST_RUN.data, name: 'cifar10' as const, train: 45_000, validation: 5000 }
  const run = { ...FIRST_RUN, data }
  expect(fitToData(run, [])).toBeNull()
  expect(fitToData(run, [2, 3])).toBeNull()
  expect(fitToData(run, [1, 2, 4])).toEqual({
    ...{ format: 1, seed: 1, model: run.model, train: run.train },
    data: { ...data, train: 20_000, validation: 0 },
  })
  expect(fitToData(run, [1, 5])).toEqual({ ...run, data: { ...data, train: 10_000 } })
  expect(fitToData(run, [1, 2, 3, 4, 5])).toBe(run)
})

test('a run that began on a part of CIFAR-10 is told from one whose settings have changed', () => {
  const bench = createBench(client)
  client.say({ type: 'data', data: { state: 'ready', ready: [1, 2], persisted: true } })
  bench.edit((run) => ({ ...run, data: { ...run.data, name: 'cifar10', train: 45_000 } }))
  const { active } = bench.store.getState()
  expect(active.run.data.train).toBe(20_000)
  client.say({ type: 'phase', id: active.id, phase: { phase: 'training', step: 9 } })
  expect(moreImagesCame(bench.store.getState())).toBe(false)
  client.say({ type: 'data', data: { state: 'ready', ready: [1, 2, 3, 4, 5], persisted: true } })
  expect(moreImagesCame(bench.store.getState())).toBe(true)
  bench.edit((run) => ({ ...run, seed: 9 }))
  expect(moreImagesCame(bench.store.getState())).toBe(false)
})

test('a step is profiled only where training rests, and its profile goes with the run', () => {
  const saved: string[] = []
  const bench = createBench(client, undefined, (name) => saved.push(name))
  client.say({ type: 'phase', id: 1, phase: { phase: 'training', step: 1 } })
  bench.profile()
  expect(client.commands).toHaveLength(1)
  client.say({ type: 'phase', id: 1, phase: { phase: 'paused', step: 2 } })
  bench.profile()
  expect(client.commands.at(-1)).toEqual({ type: 'profile' })
  client.say({ type: 'phase', id: 1, phase: { phase: 'profiling', step: 2 } })
  bench.train()
  expect(client.commands).toHaveLength(2)

  const profile = {
    step: 2,
    startedAt: 0,
    timing: 'timestamps' as const,
    rates: { flops: 1, bytes: 1 },
    launches: [],
  }
  bench.saveProfile()
  client.say({ type: 'profile', id: 1, profile })
  client.say({ type: 'phase', id: 1, phase: { phase: 'paused', step: 3 } })
  expect(bench.store.getState().profile).toBe(profile)
  bench.saveProfile()
  expect(saved).toEqual(['resnet-8-v2-step-3.profile.json'])
  bench.reset()
  expect(bench.store.getState().profile).toBeUndefined()
})

const momentum = (value: number) => (run: RunConfig) => ({
  ...run,
  train: { ...run.train, momentum: value },
})

test('rate, momentum and decay take effect in a run once they stand still, and are marked', () => {
  const bench = createBench(client)
  client.say({ type: 'phase', id: 1, phase: { phase: 'training', step: 4 } })
  bench.edit(momentum(0))
  vi.advanceTimersByTime(300)
  bench.edit(momentum(0.8))
  expect(client.commands).toHaveLength(1)
  expect(settingsDiffer(bench.store.getState())).toBe(false)
  vi.advanceTimersByTime(1000)
  expect(client.commands.slice(1)).toEqual([{ type: 'adjust', id: 1, change: { momentum: 0.8 } }])
  bench.edit((run) => ({ ...run, train: { ...run.train, weightDecay: 0.01 } }))
  vi.advanceTimersByTime(1000)
  expect(client.commands.at(-1)).toEqual({ type: 'adjust', id: 1, change: { weightDecay: 0.01 } })
  client.say({ type: 'adjusted', id: 1, adjustment: { step: 6, momentum: 0.8 } })
  client.say({ type: 'adjusted', id: 1, adjustment: { step: 9, weightDecay: 0.01 } })
  expect(bench.history.marks).toEqual([
    { step: 6, momentum: 0.8 },
    { step: 9, weightDecay: 0.01 },
  ])
  client.say({ type: 'phase', id: 1, phase: { phase: 'finished', step: 600 } })
  expect(settingsDiffer(bench.store.getState())).toBe(false)
  bench.edit(momentum(0.7))
  vi.advanceTimersByTime(1000)
  expect(client.commands).toHaveLength(3)
  expect(settingsDiffer(bench.store.getState())).toBe(true)
})

test('a change is there before the next step is asked for, and what is wrong is not sent', () => {
  const bench = createBench(client)
  client.say({ type: 'phase', id: 1, phase: { phase: 'paused', step: 4 } })
  bench.edit(momentum(7))
  vi.advanceTimersByTime(1000)
  expect(client.commands).toHaveLength(1)
  bench.edit(momentum(0.3))
  bench.step()
  expect(client.commands.slice(1).map(({ type }) => type)).toEqual(['adjust', 'step'])
  vi.advanceTimersByTime(1000)
  expect(client.commands).toHaveLength(3)
})

test('a restored run brings its changes back: on the page, as marks, and not again to the worker', () => {
  const bench = createBench(client)
  bench.resume({ id: 'a'.repeat(24), name: 'A run' })
  const adjustments = [{ step: 1, momentum: 0.25 }]
  const run = FIRST_RUN
  client.say({
    ...{ type: 'restored', id: 2, key: 'a'.repeat(24), run, steps: steps(0, 2.3, 2.2) },
    ...{ evaluations: [], adjustments },
  })
  client.say({ type: 'phase', id: 2, phase: { phase: 'paused', step: 2 } })
  const { draft, active } = bench.store.getState()
  expect([draft.train.momentum, active.run]).toEqual([0.25, FIRST_RUN])
  expect(bench.history.marks).toEqual(adjustments)
  bench.train()
  expect(client.commands.at(-1)).toEqual({ type: 'train' })
  expect(settingsDiffer(bench.store.getState())).toBe(false)
})
