import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { comparisonOf, parseComparison } from '../run/comparison'
import { FIRST_RUN } from '../run/presets'
import { FakeClient } from './fake'
import type { Event } from './protocol'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function listening() {
  const client = new FakeClient({ state: 'ready', name: 'fake', software: false, f16: false })
  const heard: Event[] = []
  client.subscribe((event) => heard.push(event))
  return { client, heard }
}

function trained(): Event[] {
  const { client, heard } = listening()
  client.post({ type: 'configure', id: 1, key: 'a', run: FIRST_RUN })
  client.post({ type: 'train' })
  vi.advanceTimersByTime(60_000)
  return heard
}

test('a run on the fake compiles, trains, validates and finishes', () => {
  const heard = trained()
  const phases = heard.flatMap((event) => (event.type === 'phase' ? [event.phase.phase] : []))
  const inOrder = phases.filter((phase, i) => phase !== phases[i - 1])
  expect(inOrder.slice(0, 4)).toEqual(['idle', 'compiling', 'training', 'evaluating'])
  expect(heard.at(-1)).toMatchObject({ phase: { phase: 'finished', step: FIRST_RUN.train.steps } })
  const evaluated = heard.flatMap((event) =>
    event.type === 'evaluation' ? [event.evaluation.step] : [],
  )
  expect(evaluated).toEqual([100, 200, 300, 400, 500, 600])
})

test('the same run on the fake gives the same figures', () => {
  expect(trained()).toEqual(trained())
})

test('one step on the fake is one step, and pause stops it', () => {
  const { client, heard } = listening()
  client.post({ type: 'configure', id: 1, key: 'a', run: FIRST_RUN })
  client.post({ type: 'step' })
  vi.advanceTimersByTime(5000)
  expect(heard.at(-1)).toMatchObject({ phase: { phase: 'paused', step: 1 } })
  client.post({ type: 'train' })
  vi.advanceTimersByTime(120)
  client.post({ type: 'pause' })
  const told = heard.length
  vi.advanceTimersByTime(5000)
  expect(heard).toHaveLength(told)
})

test('a profile on the fake is a step with its launches, after an ordinary one', () => {
  const { client, heard } = listening()
  client.post({ type: 'configure', id: 1, key: 'a', run: FIRST_RUN })
  client.post({ type: 'profile' })
  vi.advanceTimersByTime(5000)
  const profiles = heard.flatMap((event) => (event.type === 'profile' ? [event.profile] : []))
  expect(profiles).toMatchObject([{ step: 1, timing: 'timestamps' }])
  expect(profiles[0]!.launches[0]).toMatchObject({ kernel: 'input', pass: 'forward', start: 0 })
  expect(heard.at(-1)).toMatchObject({ phase: { phase: 'paused', step: 2 } })
})

test('a change on the fake is told with its step, and the rate follows', () => {
  const { client, heard } = listening()
  client.post({ type: 'configure', id: 1, key: 'a', run: FIRST_RUN })
  client.post({ type: 'step' })
  vi.advanceTimersByTime(5000)
  client.post({ type: 'adjust', id: 1, change: { learningRate: 0 } })
  expect(heard.at(-1)).toEqual({
    ...{ type: 'adjusted', id: 1 },
    adjustment: { step: 1, learningRate: 0 },
  })
  client.post({ type: 'train' })
  vi.advanceTimersByTime(60_000)
  const rates = heard.flatMap((event) =>
    event.type === 'steps' ? [...event.steps.learningRate] : [],
  )
  const warmup = FIRST_RUN.train.learningRate.warmup?.steps ?? 0
  expect(rates.slice(warmup).every((rate) => rate === 0)).toBe(true)
  expect(rates[0]).toBeGreaterThan(0)
})

test("the fake's meter reads at its steps and when asked, and is off in another run", () => {
  const { client, heard } = listening()
  const read = () => heard.flatMap((event) => (event.type === 'meter' ? [event.reading] : []))
  client.post({ type: 'configure', id: 1, key: 'a', run: FIRST_RUN })
  client.post({ type: 'meter', id: 1, every: 20 })
  client.post({ type: 'read-meter', id: 1 })
  expect(read().map(({ step }) => step)).toEqual([0])
  client.post({ type: 'train' })
  vi.advanceTimersByTime(60_000)
  const { steps } = FIRST_RUN.train
  const due = Array.from({ length: steps / 20 }, (_, i) => 20 * i)
  expect(read().map(({ step }) => step)).toEqual([0, ...due])
  const units = FIRST_RUN.model.units.reduce((sum, count) => sum + count)
  expect(read().every((reading) => reading.units.length === units)).toBe(true)
  client.post({ type: 'configure', id: 2, key: 'b', run: FIRST_RUN })
  client.post({ type: 'train' })
  vi.advanceTimersByTime(60_000)
  expect(read()).toHaveLength(1 + due.length)
})

test("the fake's CIFAR-10 comes file by file and can be removed", () => {
  const { client, heard } = listening()
  client.post({ type: 'load-data', source: { kind: 'server' } })
  vi.advanceTimersByTime(1000)
  expect(heard.at(-1)).toMatchObject({ data: { state: 'loading', ready: [1] } })
  vi.advanceTimersByTime(10_000)
  expect(heard.at(-1)).toMatchObject({ data: { state: 'ready', ready: [1, 2, 3, 4, 5] } })
  client.post({ type: 'remove-data' })
  expect(heard.at(-1)).toEqual({ type: 'data', data: { state: 'absent' } })
})

test('the fake resumes and forks, and refuses a file that is neither kind', () => {
  const { client, heard } = listening()
  const told = (type: Event['type']) => heard.filter((event) => event.type === type)
  client.post({ type: 'resume', id: 1, key: 'a', name: 'A' })
  expect(told('restored')).toMatchObject([{ id: 1, key: 'a', steps: { first: 0 } }])
  expect(told('phase').at(-1)).toMatchObject({ phase: { phase: 'paused', step: 1200 } })
  expect(told('kept')).toMatchObject([{ key: 'a', checkpoint: { step: 1200 } }])
  client.post({ type: 'fork', id: 2, key: 'b', from: 'a', name: 'A', run: FIRST_RUN })
  expect(told('restored').at(-1)).toMatchObject({ key: 'b', weightsOf: 'A', run: FIRST_RUN })
  const file = new File([], 'a.safetensors')
  client.post({ type: 'open', id: 3, key: 'c', file, run: FIRST_RUN })
  expect(told('refused')).toMatchObject([{ name: 'a.safetensors' }])
})

const PAIR = parseComparison({
  ...comparisonOf(FIRST_RUN),
  lanes: [
    { name: 'a', model: FIRST_RUN.model },
    {
      name: 'much too fast',
      model: FIRST_RUN.model,
      train: { learningRate: { kind: 'constant', rate: 100 } },
    },
  ],
  seeds: 2,
})

test('a race on the fake trains lane beside lane, seed after seed, and one diverges alone', () => {
  const { client, heard } = listening()
  client.post({ type: 'race-configure', race: 3, key: 'a', comparison: PAIR })
  client.post({ type: 'race-train' })
  vi.advanceTimersByTime(100_000)
  const phases = heard.flatMap((event) => (event.type === 'race-phase' ? [event.phase.phase] : []))
  expect([...new Set(phases)]).toEqual(['idle', 'compiling', 'training', 'finished'])
  const ends = heard.filter((event) => event.type === 'race-lane' && 'step' in event.state)
  expect(ends).toMatchObject([
    { race: 3, lane: 1, seedIndex: 0, state: { state: 'diverged', step: 12 } },
    { lane: 0, seedIndex: 0, state: { state: 'finished', step: 600 } },
    { lane: 1, seedIndex: 1, state: { state: 'diverged', step: 12 } },
    { lane: 0, seedIndex: 1, state: { state: 'finished', step: 600 } },
  ])
  const starts = heard.flatMap((event) => (event.type === 'race-start' ? [event.start] : []))
  expect(starts.map(({ seedIndex }) => seedIndex)).toEqual([0, 1])
})

test("a race on the fake pauses when the page's run is told to train, and goes on after it", () => {
  const { client, heard } = listening()
  const last = () => heard.findLast(({ type }) => type === 'race-phase')
  client.post({ type: 'configure', id: 1, key: 'a', run: FIRST_RUN })
  client.post({ type: 'race-configure', race: 1, key: 'a', comparison: PAIR })
  client.post({ type: 'race-train' })
  vi.advanceTimersByTime(500)
  expect(last()).toMatchObject({ phase: { phase: 'training', seedIndex: 0 } })
  client.post({ type: 'train' })
  expect(last()).toMatchObject({ phase: { phase: 'paused' } })
  client.post({ type: 'race-step', steps: 1 })
  expect(heard.findLast(({ type }) => type === 'phase')).toMatchObject({
    phase: { phase: 'paused' },
  })
  vi.advanceTimersByTime(200)
  expect(last()).toMatchObject({ phase: { phase: 'paused' } })
})

test('the fake offers a last race and resumes it where it stood', () => {
  const { client, heard } = listening()
  vi.advanceTimersByTime(1)
  expect(heard).toContainEqual(
    expect.objectContaining({ lastRace: expect.objectContaining({ step: 240 }) }),
  )
  client.post({ type: 'race-resume-last', race: 2 })
  const steps = heard.flatMap((event) => (event.type === 'race-steps' ? [event] : []))
  expect(steps.map(({ lane, steps: { loss } }) => [lane, loss.length])).toEqual([
    [0, 240],
    [1, 240],
    [2, 240],
  ])
  expect(heard.at(-1)).toMatchObject({ race: 2, phase: { phase: 'paused', seedIndex: 0 } })
})
