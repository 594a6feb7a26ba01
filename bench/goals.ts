import type { BenchTask } from './contenders'

/** A bound that a figure should keep to. */
export type Goal = { least: number } | { most: number }

/** Goals that hold for every net, batch and adapter. */
export const ALWAYS = {
  /** Planned bytes at a batch of 128. */
  bytesOfResNet20: { most: 170e6 },
  bytesOfResNet110: { most: 1e9 },
  dispatchesOfResNet20: { most: 130 },
  encodeMsOfResNet110: { most: 5 },
  resNet110ToResNet20: { most: 6.6 },
} as const

/** Goals for ResNet-20 at a batch of 32 on lavapipe. */
const RESNET_20_ON_LAVAPIPE = {
  timesTensorflow: { least: 10 },
  timesJax: { least: 4.5 },
  fmaShare: { least: 0.15 },
  convolutionShare: { least: 0.3 },
  firstStepColdMs: { most: 6000 },
} as const

/** Goals for ResNet-8 at a batch of 16 in Chromium on SwiftShader. */
const RESNET_8_IN_CHROMIUM = { timesTensorflow: { least: 15 } } as const

type Bench = Pick<BenchTask, 'depth' | 'batch' | 'browser'> & { adapter: { name: string } }
type Measured = { [K in keyof typeof RESNET_20_ON_LAVAPIPE]?: Goal }

/** The goals that what is measured can be held against. */
export function goalsFor({ depth, batch, browser, adapter }: Bench): Measured {
  const is = (layers: number, pictures: number) => depth === layers && batch === pictures
  const isOn = (name: RegExp) => name.test(adapter.name)
  if (browser) return is(8, 16) && isOn(/swiftshader/i) ? RESNET_8_IN_CHROMIUM : {}
  return is(20, 32) && isOn(/llvmpipe/i) ? RESNET_20_ON_LAVAPIPE : {}
}

export function reached(value: number, goal: Goal): boolean {
  return 'least' in goal ? value >= goal.least : value <= goal.most
}
