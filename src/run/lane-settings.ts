import { ORDER_NAMES, shortcutName } from '../models/choices'
import { depthOf, sameNetworkAsV1, versionOf } from '../models/presets'
import { peakRate } from './adjustment'
import { type ComparisonConfig, laneRun } from './comparison'
import type { LearningRate, RunConfig } from './config'

/** A setting that lanes may differ in, as each of them has it. */
export interface LaneSetting {
  label: string
  values: readonly string[]
  differs: boolean
}

const READERS: readonly [label: string, read: (run: RunConfig) => string][] = [
  ['Version', ({ model }) => (sameNetworkAsV1(model) ? 'v1' : (versionOf(model) ?? '–'))],
  ['Order', ({ model }) => ORDER_NAMES[model.order]],
  ['Block', ({ model }) => model.block],
  ['Depth', ({ model }) => `${depthOf(model)}`],
  ['Stages', ({ model }) => `${model.stem}, ${model.units.join(' · ')} units`],
  ['Widths', ({ model }) => model.widths.join(' · ')],
  ['Shortcut', ({ model }) => shortcutName(model.shortcut)],
  ['Projection', ({ model }) => model.projection],
  ['Stride', ({ model }) => (model.block === 'basic' ? 'in the first 3×3' : strideAt(model))],
  ['Rate', ({ train }) => `${TO_PEAK[train.learningRate.kind]} ${peakRate(train.learningRate)}`],
  ['Momentum', ({ train }) => `${train.momentum}${train.nesterov ? ', Nesterov' : ''}`],
  ['Weight decay', ({ train }) => `${train.weightDecay}`],
  ['Precision', ({ train }) => train.precision],
]

const TO_PEAK: Record<LearningRate['kind'], string> = {
  constant: 'constant',
  step: 'in steps from',
  cosine: 'cosine from',
  'one-cycle': 'one cycle to',
}

function strideAt(model: RunConfig['model']): string {
  return model.strideAt === 'first' ? 'in the first 1×1' : 'in the 3×3'
}

/** The settings of all lanes, and which of them differ. */
export function laneSettings(comparison: ComparisonConfig): LaneSetting[] {
  const runs = comparison.lanes.map((_, lane) => laneRun(comparison, lane, 0))
  return READERS.map(([label, read]) => {
    const values = runs.map(read)
    return { label, values, differs: values.some((value) => value !== values[0]) }
  })
}
