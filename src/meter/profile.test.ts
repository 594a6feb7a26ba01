import { expect, test } from 'vitest'
import { cifarSpec } from '../models/presets'
import type { ModelSpec, Shortcut } from '../models/spec'
import { FIRST_RUN } from '../run/presets'
import { fakeReading } from '../worker/fake-meter'
import { depthAxis } from './depth'
import { ReadingHistory } from './history'
import type { MeteredNet } from './net'
import { type ProfileLine, profileAxis, profileLines } from './profile'
import { PROFILE_GROUPS, type ProfileGroup } from './quantities'

function netOf(lane: number, model: Partial<ModelSpec>): MeteredNet {
  const spec = { ...cifarSpec({ version: 'v1', block: 'basic', depth: 14 }), ...model }
  const run = { ...FIRST_RUN, model: spec }
  const history = new ReadingHistory()
  history.add(fakeReading({ run, stepMs: 10 }, 20))
  return { id: `lane-${lane}`, name: `lane ${lane}`, lane, run, history }
}

const group = (id: ProfileGroup['id']) => PROFILE_GROUPS.find((one) => one.id === id)!
const HALF: Shortcut = { kind: 'scaling', shortcut: 0.5, residual: 0.5 }

function linesOf(id: ProfileGroup['id'], nets: readonly MeteredNet[]): readonly ProfileLine[] {
  const depth = depthAxis(nets.map(({ history }) => history.last!.units))
  return profileLines(group(id), nets, group(id).quantities[0]!, depth)
}

test('one net has a line a quantity, each in a colour of its own', () => {
  const lines = linesOf('activations', [netOf(0, {})])
  expect(lines.map(({ quantity, style }) => [quantity, style])).toEqual([
    ['x', 0],
    ['h', 1],
    ['f', 2],
  ])
  expect(lines[0]!.points).toHaveLength(6)
})

test('several nets have a line each of what is picked, in their colours', () => {
  const nets = [netOf(0, {}), netOf(1, { order: 'full-preactivation' })]
  expect(linesOf('gradients', nets).map(({ quantity, style }) => [quantity, style])).toEqual([
    ['gradient', 0],
    ['gradient', 1],
  ])
})

test('what was predicted stands faint behind what was measured, of each net', () => {
  const lines = linesOf('path', [netOf(0, {}), netOf(3, { shortcut: HALF })])
  expect(lines.map(({ net, quantity, faint }) => [net.lane, quantity, faint])).toEqual([
    [0, 'predicted', true],
    [0, 'measured', false],
    [3, 'predicted', true],
    [3, 'measured', false],
  ])
})

test("the line of a path to a stage's end breaks between stages", () => {
  const [line] = linesOf('path', [netOf(0, { order: 'full-preactivation', shortcut: HALF })])
  const gaps = line!.points.map(({ y }) => Number.isNaN(y))
  expect(gaps).toEqual([false, false, true, false, false, true, false, false])
})

test('a net without a ReLU after the addition has no line of what it lets through', () => {
  const quantities = (model: Partial<ModelSpec>) =>
    linesOf('agreement', [netOf(0, model)]).map(({ quantity }) => quantity)
  expect(quantities({})).toEqual(['cosine', 'kept'])
  expect(quantities({ order: 'full-preactivation' })).toEqual(['cosine'])
})

test('a logarithmic axis holds all positive values, and leaves out the zeros of a plain net', () => {
  const lines = linesOf('gradients', [netOf(0, { shortcut: { kind: 'none' } })])
  const axis = profileAxis(lines, 'log')
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y))
  expect(values).toContain(0)
  const positive = values.filter((value) => value > 0)
  expect(axis.from).toBeGreaterThan(0)
  expect(axis.from).toBeLessThan(Math.min(...positive))
  expect(axis.to).toBeGreaterThan(Math.max(...positive))
  expect(axis.to / axis.from).toBeGreaterThanOrEqual(10)
})

test('a linear axis begins at 0, a signed one reaches from −1 to 1', () => {
  const lines = linesOf('ratio', [netOf(0, {})])
  expect(profileAxis(lines, 'linear')).toMatchObject({ from: 0, log: false })
  expect(profileAxis(lines, 'signed')).toMatchObject({ from: -1, to: 1 })
})
