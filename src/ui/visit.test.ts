import { expect, test } from 'vitest'
import { PARTS, visitOf } from './visit'

test('a URL leaves parts of the page out by their names', () => {
  expect(visitOf('')).toEqual({ embed: false, hidden: new Set(), unknown: [] })
  const visit = visitOf('?fake&embed&hide=controls,%20settings&hide=share&lang=zh-Hans')
  expect(visit.embed).toBe(true)
  expect([...visit.hidden]).toEqual(['controls', 'settings', 'share'])
  expect(visit.unknown).toEqual([])
})

test('what a URL asks for in vain is told with what there is', () => {
  const { hidden, unknown } = visitOf('?hide=buttons,unit&lang=tlh')
  expect([...hidden]).toEqual(['unit'])
  expect(unknown).toEqual([
    { parameter: 'hide', value: 'buttons', known: PARTS },
    { parameter: 'lang', value: 'tlh', known: ['en', 'zh'] },
  ])
})

test('of what a URL asks for in vain, as much is told as a notice can hold', () => {
  const names = Array.from({ length: 5000 }, (_, i) => `part${i}`)
  const { unknown } = visitOf(`?hide=${names.join()}&hide=part0&lang=${'x'.repeat(9000)}`)
  expect(unknown).toHaveLength(9)
  expect(unknown.every(({ value }) => value.length <= 40)).toBe(true)
})
