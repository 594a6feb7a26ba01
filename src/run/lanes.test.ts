import { expect, test } from 'vitest'
import { cifarSpec, withVersion } from '../models/presets'
import { comparisonOf, parseComparison } from './comparison'
import {
  isFull,
  laneName,
  rivalsOf,
  withCopy,
  withLane,
  withLaneAt,
  withLaneModel,
  withLaneName,
  withOverrides,
  withoutLane,
  withRival,
} from './lanes'
import { FIRST_RUN } from './presets'

const one = comparisonOf(FIRST_RUN)
const names = ({ lanes }: typeof one) => lanes.map(({ name }) => name)
const model = cifarSpec({ version: 'v1', block: 'basic', depth: 20 })
const three = withLane(withLane(one, { name: 'a', model }), { name: 'b', model })

test('a net gives its lane a name', () => {
  expect(laneName(model)).toBe('ResNet-20 v1')
  expect(laneName({ ...model, shortcut: { kind: 'none' } })).toBe('plain-20 v1')
  const order = 'bn-after-addition'
  expect(laneName({ ...model, order })).toBe('ResNet-20, BN after the addition')
  const gate = { kind: 'exclusive-gate', bias: -6 } as const
  expect(laneName({ ...model, shortcut: gate })).toBe('ResNet-20 v1, exclusive gate, bias −6')
})

test('a net is compared with its other versions and its plain net, each another net', () => {
  const rivals = (spec: typeof model) => rivalsOf(spec).map(({ name }) => name)
  expect(rivals(model)).toEqual(['ResNet-20 v2', 'plain-20 v1'])
  expect(rivals(withVersion(model, 'v1.5'))).toEqual(['ResNet-20 v2', 'plain-20 v1.5'])
  const bottleneck = cifarSpec({ version: 'v1.5', block: 'bottleneck', depth: 20 })
  expect(rivals(bottleneck)).toEqual(['ResNet-20 v1', 'ResNet-20 v2', 'plain-20 v1.5'])
  const pair = withRival({ ...FIRST_RUN, model: bottleneck }, rivalsOf(bottleneck)[0]!.model)
  expect(names(parseComparison(pair))).toEqual(['ResNet-20 v1.5', 'ResNet-20 v1'])
})

test('copies are numbered, stand behind their lane, and end at six lanes', () => {
  const copied = withCopy(withCopy(three, 1), 2)
  expect(names(copied)).toEqual(['ResNet-8 v2', 'a', 'a (2)', 'a (3)', 'b'])
  const full = withCopy(copied, 0)
  expect(isFull(full)).toBe(true)
  expect(withCopy(full, 0)).toBe(full)
  expect(parseComparison(full)).toEqual(full)
})

test('a lane goes to another place, and no further than the ends', () => {
  expect(names(withLaneAt(three, 2, 0))).toEqual(['b', 'ResNet-8 v2', 'a'])
  expect(withLaneAt(three, 2, 3)).toBe(three)
  expect(withLaneAt(three, 0, -1)).toBe(three)
})

test('lanes are removed but the last one', () => {
  expect(names(withoutLane(three, 1))).toEqual(['ResNet-8 v2', 'b'])
  expect(withoutLane(one, 0)).toBe(one)
})

test("a lane's own name stays while its net changes, and its net's name follows", () => {
  const v1 = withVersion(FIRST_RUN.model, 'v1')
  expect(names(withLaneModel(three, 0, v1))[0]).toBe('ResNet-8 v1')
  expect(names(withLaneModel(withLaneName(three, 0, 'mine'), 0, v1))[0]).toBe('mine')
  const projected = { ...FIRST_RUN.model, projection: 'B' } as const
  expect(names(withLaneModel(one, 0, projected))).toEqual(['ResNet-8 v2'])
  const two = withLaneModel(withCopy(one, 0), 1, v1)
  expect(names(withLaneModel(two, 1, FIRST_RUN.model))).toEqual(['ResNet-8 v2', 'ResNet-8 v2 (2)'])
})

test('a name is trimmed, and numbered where another lane has it', () => {
  expect(names(withLaneName(three, 2, ' mine '))[2]).toBe('mine')
  expect(names(withLaneName(three, 2, 'A'))[2]).toBe('A (2)')
  expect(names(withLaneName(three, 2, 'b'))[2]).toBe('b')
})

test('what a lane trains with on its own comes and goes', () => {
  const learningRate = { kind: 'constant', rate: 1 } as const
  const own = withOverrides(three, 1, { learningRate })
  expect(own.lanes[1]).toEqual({ name: 'a', model, train: { learningRate } })
  expect(withOverrides(own, 1, {})).toEqual(three)
})
