import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { createStore } from 'zustand/vanilla'
import { X_AXES } from '../../src/curves/positions'
import { parseComparison } from '../../src/run/comparison'
import { FIRST_COMPARISON } from '../../src/run/comparison-presets'
import { parseRun } from '../../src/run/config'
import { FIRST_RUN } from '../../src/run/presets'
import { CONV_KERNELS, type ConvShape, shapeKey } from '../../src/shaders/conv2d/choice'
import { createCurveView } from '../../src/store/curve-view'
import { createLabs } from '../../src/store/labs'
import { createLessonProgress, doneOf } from '../../src/store/lesson-progress'
import { CADENCES, createRunMeter } from '../../src/store/meter'
import { loadComparison, loadRun } from '../../src/store/saved-settings'
import { choiceFor, parseWinners } from '../../src/tuning/table'
import { PLACES, placeOf } from '../../src/ui/place'
import { visitOf } from '../../src/ui/visit'
import { LANGUAGES, languageOf } from '../../src/words/language'
import type { TrainingClient } from '../../src/worker/client'
import { damagedJson, textDamages } from '../json-damage'
import { must, type Reader } from './reader'

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** A browser's storage that holds one text, whatever key it is asked for. */
const storageWith = (text: string) => ({ getItem: () => text, setItem: () => {} }) as never

/** What a browser keeps is read, or is as if it had not been there. */
function kept<T>(
  name: string,
  written: unknown,
  load: (storage: Storage | undefined) => T,
  check: (read: T) => void,
): Reader {
  const [whole, none] = [load(storageWith(JSON.stringify(written))), load(undefined)]
  must(!same(whole, none), `${name} that reads as nothing`)
  return {
    ...{ name: `kept: ${name}`, weight: 4, refusals: [] },
    inputs: damagedJson(written),
    read(input) {
      const read = load(storageWith(input as string))
      check(read)
      if (same(read, none)) return 'refused'
      return same(read, whole) ? 'same' : 'other'
    },
  }
}

const client = { subscribe: () => () => {}, post: () => {} } as unknown as TrainingClient
const bench = createStore(() => ({ active: { id: 0 } })) as never

const SHAPE: ConvShape = {
  ...{ element: 'f32', x: [8, 32, 32, 16], w: [3, 3, 16, 16], stride: 1, padding: 1 },
}
const ADAPTER = { name: 'a GPU', vendor: 'nvidia', software: false } as never
const CONTEXT = { platform: 'Chrome/140', code: 'abc' }
const MEASURED = {
  ...CONTEXT,
  winners: {
    [shapeKey(SHAPE)]: { forward: 'direct', dataGradient: 'row', filterGradientThreads: 512 },
  },
}

export const keptReaders: readonly Reader[] = [
  kept('run', { ...FIRST_RUN, seed: 7 }, loadRun, (run) => {
    must(isDeepStrictEqual(parseRun(run), run), 'a run that is none')
  }),
  kept('comparison', { ...FIRST_COMPARISON, seed: 7 }, loadComparison, (comparison) => {
    must(isDeepStrictEqual(parseComparison(comparison), comparison), 'a comparison that is none')
  }),
  kept(
    'axes of the curves',
    { x: 'time', logX: true, logY: true, smoothing: 0.5 },
    (storage) => createCurveView(storage, 'key').store.getState(),
    ({ x, smoothing, logX, logY }) => {
      must(X_AXES.includes(x) && smoothing >= 0 && smoothing < 1, 'axes that are none')
      must(typeof logX === 'boolean' && typeof logY === 'boolean', 'axes that are none')
    },
  ),
  kept(
    'readings of the labs',
    [['key', { step: 20, defect: 0.1, kept: 0.5, predicted: null, measured: 0.2 }]],
    (storage) => [...createLabs(client, {} as never, storage).store.getState().readings],
    (readings) => {
      must(readings.length <= 60, 'more readings than are kept')
      for (const [, { step, ...figures }] of readings) {
        must(Number.isSafeInteger(step) && step >= 0, 'a reading at no step')
        const numbers = Object.values(figures).filter((value) => value !== null)
        must(numbers.every(Number.isFinite), 'a reading that is no number')
      }
    },
  ),
  kept(
    'steps between readings',
    { every: 50 },
    (storage) => createRunMeter(client, bench, storage).store.getState().every,
    (every) => must(every === null || CADENCES.includes(every as never), 'another pace'),
  ),
  kept(
    'lessons that are done',
    { degradation: { done: ['a'], answers: { a: 'b' } } },
    (storage) => createLessonProgress(storage).store.getState(),
    (all) => {
      for (const lesson of [...Object.keys(all), 'constructor', '__proto__']) {
        const { done, answers } = doneOf(all, lesson)
        must(Array.isArray(done) && typeof answers === 'object', 'a lesson that is none')
      }
    },
  ),
  {
    ...{ name: 'kept: kernels (tuning)', weight: 6, refusals: [] },
    inputs: damagedJson(MEASURED),
    read(input) {
      let json: unknown
      try {
        json = JSON.parse(input as string)
      } catch {
        // The command line's file is then as none.
        return 'refused'
      }
      const winners = parseWinners(json, CONTEXT)
      const choice = choiceFor(ADAPTER, winners)(SHAPE)
      must(CONV_KERNELS.includes(choice.forward), 'a kernel that is none')
      must(CONV_KERNELS.includes(choice.dataGradient), 'a kernel that is none')
      must(Number.isInteger(choice.filterGradientThreads), 'threads that are none')
      if (Object.keys(winners).length === 0) return 'refused'
      return same(winners, MEASURED.winners) ? 'same' : 'other'
    },
  },
  {
    ...{ name: "page's address", weight: 6, refusals: [] },
    inputs: fc
      .constantFrom(
        '?embed&hide=controls,settings&lang=zh#learn/degradation/first',
        `?hide=${'x,'.repeat(20_000)}#runs/${'a'.repeat(24)}`,
        '?lang=__proto__&hide=constructor#__proto__/constructor',
      )
      .chain((address) => textDamages.map((damage) => damage(address))),
    read(input) {
      const [search = '', hash = ''] = (input as string).split('#', 2)
      const places = [...PLACES, 'self-test']
      must(places.includes(placeOf(`#${hash}`)), 'a place that is none')
      const { unknown } = visitOf(search)
      const languages = { search, kept: hash, preferred: [hash] }
      must(LANGUAGES.includes(languageOf(languages)), 'a language that is none')
      must(unknown.length <= 24, 'more unknown wishes than can be shown')
      must(
        unknown.every(({ value }) => value.length <= 100),
        'a wish too long to show',
      )
      return unknown.length > 0 ? 'refused' : 'other'
    },
  },
]
