import { expect, test } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client'
import { LABS, labRun } from '../run/labs'
import { fakeReading } from '../worker/fake-meter'
import { createBench } from './bench'
import { createLabs, labReading } from './labs'

const [identity] = LABS.shortcuts[0]!.cells
const halved = LABS.shortcuts[1]!.cells[1]!
const run = labRun(identity!.model, 'shapes10')

/** A reading as the browser keeps it. */
const KEPT = { step: 20, defect: 0.1, kept: 0.5, predicted: null, measured: 0.2 }

class FakeStorage implements Pick<Storage, 'getItem' | 'setItem'> {
  private readonly items = new Map<string, string>()
  getItem = (key: string) => this.items.get(key) ?? null
  setItem = (key: string, value: string) => this.items.set(key, value)
}

test("a cell's run takes the place of the page's, which is paused first", () => {
  const client = new ScriptedClient()
  const bench = createBench(client)
  client.say({ type: 'phase', id: 1, phase: { phase: 'training', step: 3 } })
  createLabs(client, bench).train(run)
  expect(client.commands.slice(1)).toMatchObject([
    { type: 'pause' },
    { type: 'configure', id: 2, run },
    { type: 'train' },
  ])
})

test('the meter reads a run of a cell where it rests; the reading outlives the page', () => {
  const client = new ScriptedClient()
  const storage = new FakeStorage() as unknown as Storage
  const bench = createBench(client)
  const labs = createLabs(client, bench, storage)
  client.say({ type: 'phase', id: 1, phase: { phase: 'paused', step: 3 } })
  expect(client.commands.map(({ type }) => type)).not.toContain('read-meter')
  labs.train(run)
  const { id, key } = bench.store.getState().active
  client.say({ type: 'phase', id, phase: { phase: 'finished', step: 600 } })
  expect(client.commands.at(-1)).toEqual({ type: 'read-meter', id })
  client.say({ type: 'meter', id, reading: fakeReading({ run, stepMs: 0 }, 600) })
  const reading = labs.store.getState().readings.get(key)
  expect(reading).toMatchObject({ step: 600, predicted: 1 })
  expect(createLabs(client, bench, storage).store.getState().readings.get(key)).toEqual(reading)
})

test('a reading is its largest defect, its mean mask, and the first path that Π λ tells', () => {
  const reading = fakeReading({ run: labRun(halved.model, 'shapes10'), stepMs: 0 }, 100)
  const { units, stages } = reading
  const [first] = units
  expect(labReading(reading)).toEqual({
    step: 100,
    defect: Math.max(...stages.map(({ defect }) => defect!)),
    kept: expect.closeTo(units.reduce((sum, { gradient }) => sum + gradient.kept!, 0) / 9),
    predicted: 0.5 ** 3,
    measured: first!.path.measured,
  })
})

test.each([
  ['at no step', [['key', { ...KEPT, step: -1 }]]],
  ['of more than a number', `[["key", ${JSON.stringify(KEPT).replace('0.1', '1e999')}]]`],
  ['of more cells than are kept', Array(61).fill(['key', KEPT])],
])('readings %s are as none', (_, kept) => {
  const text = typeof kept === 'string' ? kept : JSON.stringify(kept)
  const storage = { getItem: () => text, setItem: () => {} } as unknown as Storage
  const client = new ScriptedClient()
  const { readings } = createLabs(client, createBench(client), storage).store.getState()
  expect(readings.size).toBe(0)
})
