import { expect, test } from 'vitest'
import { type Drawing, Redraws } from './redraws'

const FRAME_MS = 10

/** Redraws on a clock of frames of 10 ms, and what was drawn when. */
function setUp() {
  let time = 0
  let calls: { at: number; call: () => void }[] = []
  const redraws = new Redraws({
    now: () => time,
    frameAfter: (milliseconds, call) => calls.push({ at: time + milliseconds, call }),
  })
  const drawn: [string, number][] = []
  const drawing = (name: string, cost: number): Drawing => ({
    cost,
    draw: () => drawn.push([name, time]),
  })
  const runUntil = (end: number, eachFrame: () => void = () => {}) => {
    for (; time < end; time += FRAME_MS) {
      eachFrame()
      const due = calls.filter(({ at }) => at <= time)
      calls = calls.filter(({ at }) => at > time)
      for (const { call } of due) call()
    }
  }
  return { redraws, drawing, drawn, runUntil }
}

test('one thing is drawn in a frame, each in its turn', () => {
  const { redraws, drawing, drawn, runUntil } = setUp()
  const [a, b, c] = [drawing('a', 1), drawing('b', 1), drawing('c', 1)]
  for (const each of [a, b, c, a]) redraws.ask(each)
  runUntil(60)
  expect(drawn).toEqual([
    ['a', 0],
    ['b', 10],
    ['c', 20],
  ])
})

test.each([
  [2, 10],
  [20, 3],
])('where drawing takes %d ms, it is done %d times in a second', (cost, times) => {
  const { redraws, drawing, drawn, runUntil } = setUp()
  const chart = drawing('chart', cost)
  runUntil(1000, () => redraws.ask(chart))
  expect(drawn).toHaveLength(times)
})

test('what is gone is not drawn', () => {
  const { redraws, drawing, drawn, runUntil } = setUp()
  const [a, b] = [drawing('a', 1), drawing('b', 1)]
  redraws.ask(a)
  redraws.ask(b)
  redraws.cancel(a)
  runUntil(50)
  expect(drawn.map(([name]) => name)).toEqual(['b'])
})
