import { ORDER_NAMES, SHORTCUTS, shortcutName } from '../models/choices'
import { cifarSpec, VERSIONS } from '../models/presets'
import { type ModelSpec, ORDERS } from '../models/spec'
import { type ComparisonConfig, comparisonOf, type Lane } from './comparison'
import type { RunConfig } from './config'
import { laneName } from './lanes'
import { FIRST_RUN } from './presets'
import { paper } from './recipes'
import { sameJson } from './same'

/** A question with the lanes that answer it, in two sizes. */
export interface ComparisonPreset {
  name: 'versions' | 'plain' | 'rivals' | 'orders' | 'depth'
  /** Minutes on a laptop's GPU. */
  small: ComparisonConfig
  /** Nets and training like those of the paper: hours to days. */
  full: ComparisonConfig
}

export type Recipe = (run: RunConfig) => RunConfig

/** A thousand steps of CIFAR-10 in small batches, tried ten times on the way. */
export const brief: Recipe = (run) => ({
  ...run,
  data: {
    name: 'cifar10',
    train: 45_000,
    validation: 5000,
    order: 'shuffled',
    augment: 'crop-flip',
  },
  train: { ...FIRST_RUN.train, steps: 1000 },
  evaluate: { every: 100, images: 1000 },
})

const onCifar: Recipe = (run) => paper({ ...run, data: { ...run.data, name: 'cifar10' } })

/** Nets by one recipe; a lane whose depth asks for a schedule of its own gets it. */
export function comparison(
  models: readonly ModelSpec[],
  recipe: Recipe,
  seeds: number,
  nameOf = laneName,
): ComparisonConfig {
  const runs = models.map((model) => recipe({ ...FIRST_RUN, model }))
  const shared = comparisonOf(runs[0]!)
  const lanes = runs.map(({ model, train: { learningRate } }): Lane => {
    const lane = { name: nameOf(model), model }
    return sameJson(learningRate, shared.train.learningRate)
      ? lane
      : { ...lane, train: { learningRate } }
  })
  return { ...shared, lanes, seeds }
}

/** Half as wide as the papers' nets: a quarter of the work. */
export function narrow(model: ModelSpec): ModelSpec {
  return { ...model, stemWidth: 8, widths: [8, 16, 32] }
}

function basic(depth: number, change: Partial<ModelSpec> = {}): ModelSpec {
  return { ...cifarSpec({ version: 'v1', block: 'basic', depth }), ...change }
}

function bottlenecks(depth: number): ModelSpec[] {
  return VERSIONS.map((version) => cifarSpec({ version, block: 'bottleneck', depth }))
}

const rivals = (depth: number) =>
  SHORTCUTS.filter(({ shortcut }) => shortcut.kind !== 'none').map(({ shortcut }) =>
    basic(depth, { shortcut }),
  )
const orders = (depth: number) => ORDERS.map((order) => basic(depth, { order }))
const plainAndResidual = (...depths: number[]) =>
  depths.flatMap((depth) => [basic(depth, { shortcut: { kind: 'none' } }), basic(depth)])

const byShortcut = ({ shortcut }: ModelSpec) => shortcutName(shortcut)
const byOrder = ({ order }: ModelSpec) => ORDER_NAMES[order]

export const COMPARISON_PRESETS: readonly ComparisonPreset[] = [
  {
    name: 'versions',
    small: comparison(bottlenecks(20).map(narrow), brief, 3),
    full: comparison(bottlenecks(164), onCifar, 5),
  },
  {
    name: 'plain',
    small: comparison(plainAndResidual(20, 56).map(narrow), brief, 1),
    full: comparison(plainAndResidual(20, 56), onCifar, 1),
  },
  {
    name: 'rivals',
    small: comparison(rivals(20).map(narrow), brief, 1, byShortcut),
    full: comparison(rivals(110), onCifar, 5, byShortcut),
  },
  {
    name: 'orders',
    small: comparison(orders(20).map(narrow), brief, 3, byOrder),
    full: comparison(orders(110), onCifar, 5, byOrder),
  },
  {
    name: 'depth',
    small: comparison(
      [8, 14, 20, 32, 44].map((depth) => narrow(basic(depth))),
      brief,
      1,
    ),
    full: comparison(
      [20, 32, 44, 56, 110].map((depth) => basic(depth)),
      onCifar,
      1,
    ),
  },
]

/** What Compare opens with: three small nets on the built-in pictures, there at once. */
export const FIRST_COMPARISON: ComparisonConfig = {
  ...comparisonOf(FIRST_RUN),
  lanes: bottlenecks(11).map((model) => ({ name: laneName(model), model: narrow(model) })),
}
