import { depthOf, sameNetworkAsV1, versionOf } from '../models/presets'
import { peakRate } from './adjustment'
import { type ComparisonConfig, laneRun } from './comparison'
import type { RunConfig } from './config'
import { sameJson } from './same'

/** What lanes may differ in, as it stands in a lane's run. */
const SETTINGS = {
  version: ({ model }: RunConfig) => (sameNetworkAsV1(model) ? 'v1' : versionOf(model)),
  order: ({ model }: RunConfig) => model.order,
  block: ({ model }: RunConfig) => model.block,
  depth: ({ model }: RunConfig) => depthOf(model),
  stages: ({ model }: RunConfig) => [model.stem, model.units],
  widths: ({ model }: RunConfig) => model.widths,
  shortcut: ({ model }: RunConfig) => model.shortcut,
  projection: ({ model }: RunConfig) => model.projection,
  stride: ({ model }: RunConfig) => strideAt(model),
  rate: ({ train }: RunConfig) => [train.learningRate.kind, peakRate(train.learningRate)],
  momentum: ({ train }: RunConfig) => [train.momentum, train.nesterov ?? false],
  weightDecay: ({ train }: RunConfig) => train.weightDecay,
  precision: ({ train }: RunConfig) => train.precision,
}
export type SettingName = keyof typeof SETTINGS
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]

/** The convolution that has a stage's stride: of two 3×3, or of 1×1, 3×3, 1×1. */
export function strideAt({ block, strideAt }: RunConfig['model']) {
  return block === 'basic' ? 'firstThree' : strideAt
}

/** In what the lanes differ, and in what not. */
export function laneSettings(comparison: ComparisonConfig) {
  const [first, ...others] = comparison.lanes.map((_, lane) => laneRun(comparison, lane, 0))
  const differs = (name: SettingName) => {
    const read: (run: RunConfig) => unknown = SETTINGS[name]
    return others.some((run) => !sameJson(read(run), read(first!)))
  }
  return {
    differing: SETTING_NAMES.filter(differs),
    common: SETTING_NAMES.filter((name) => !differs(name)),
  }
}
