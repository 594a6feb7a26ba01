import { ALWAYS, type Goal, goalsFor, reached } from './goals'
import { DEEP, SHALLOW } from './measure'
import type { BenchResult } from './result'
import { median, medianRatio } from './statistics'

export type Unit = 'times' | 'share' | 'ms' | 'bytes' | 'count' | 'FLOP/s' | 'bytes/s'

/** One number of the table, and the goal that it is held against. */
export interface Figure {
  title: string
  value: number
  unit: Unit
  goal?: Goal
  reached?: boolean
}

/** All that follows from the measurements, with the goals. */
export function figures(result: Omit<BenchResult, 'figures' | 'disagreements'>): Figure[] {
  const { contenders, probes, deep, forwardMs, encodeMs, flop, bytes, batch, net } = result
  const [ours, ...others] = contenders
  const goals = goalsFor(result)
  const all: Figure[] = []
  const add = (title: string, value: number | undefined, unit: Unit, goal?: Goal) => {
    if (value === undefined || Number.isNaN(value)) return
    all.push({ title, value, unit, ...(goal && { goal, reached: reached(value, goal) }) })
  }

  for (const { name, title, stepMs, oursMs } of others) {
    const goal = name === 'tensorflow' ? goals.timesTensorflow : goals.timesJax
    const times = medianRatio(stepMs, oursMs)
    add(`step: times faster than ${title}`, times, 'times', name === 'pytorch' ? undefined : goal)
  }
  add('pictures a second', (1000 * batch) / median(ours!.stepMs), 'count')
  const rates = probes.oursMs.map((ms) => flop / (ms / 1000))
  add('step: share of the FMA probe', medianRatio(rates, probes.fma), 'share', goals.fmaShare)
  const limitMs = probes.fma.map((fma, i) => 1000 * Math.max(flop / fma, bytes / probes.copy[i]!))
  add(
    'step: share of the limit, FLOP / FMA or bytes / copy',
    medianRatio(limitMs, probes.oursMs),
    'share',
  )
  add(
    'convolution 16 → 16 at 32 × 32, forward: share of the FMA probe',
    medianRatio(probes.convolution, probes.fma),
    'share',
    goals.convolutionShare,
  )
  add('FMA probe', median(probes.fma), 'FLOP/s')
  add('copy probe, read and written', median(probes.copy), 'bytes/s')
  add('forward alone, evaluation', median(forwardMs), 'ms')
  const { cold, warm } = ours!.firstStepMs
  add('first step, shaders not compiled before', cold, 'ms', goals.firstStepColdMs)
  add('first step, shaders in the driver’s cache', warm, 'ms')
  add(`GPU buffers, ${net} at a batch of ${batch}`, ours!.peakBytes, 'bytes')
  const { plannedBytes, dispatches } = result
  add('GPU buffers, ResNet-20 at 128', plannedBytes[20], 'bytes', ALWAYS.bytesOfResNet20)
  add('GPU buffers, ResNet-110 at 128', plannedBytes[110], 'bytes', ALWAYS.bytesOfResNet110)
  add('dispatches a step, ResNet-20', dispatches[20], 'count', ALWAYS.dispatchesOfResNet20)
  add(
    `CPU time to encode and submit a step, ${deep ? `ResNet-${DEEP}` : net}, least of the rounds`,
    Math.min(...encodeMs),
    'ms',
    deep ? ALWAYS.encodeMsOfResNet110 : undefined,
  )
  if (!deep) return all
  add(
    `time of a step, ResNet-${DEEP} to ResNet-${SHALLOW}`,
    medianRatio(deep.stepMs, deep.oursMs),
    'times',
    ALWAYS.resNet110ToResNet20,
  )
  return all
}
