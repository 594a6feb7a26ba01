import * as v from 'valibot'
import type { AdapterInfo } from '../gpu/device'
import { integer, oneOf, parseWith } from '../models/validation'
import {
  CONV_KERNELS,
  type ConvChoice,
  type ConvShape,
  type ConvTable,
  FILTER_GRADIENT_QUADS,
  FIXED_CHOICE,
  shapeKey,
} from '../shaders/conv2d/choice'
import { defaultChoice } from './defaults'
import { NONE_WRONG, rightChoice, type Wrong } from './wrong'

const kernel = oneOf(...CONV_KERNELS)
const threads = integer(1, 2 ** 20)
const filterQuads = v.picklist(FILTER_GRADIENT_QUADS)
const choiceSchema = v.strictObject({
  forward: kernel,
  dataGradient: kernel,
  filterGradientThreads: threads,
  filterGradientQuads: filterQuads,
})
const partSchema = v.strictObject({
  forward: v.exactOptional(kernel),
  dataGradient: v.exactOptional(kernel),
  filterGradientThreads: v.exactOptional(threads),
  filterGradientQuads: v.exactOptional(filterQuads),
})

/** What measuring has found to be fastest, by `shapeKey`; what has not been measured is left out. */
export type Winners = Readonly<Record<string, Partial<ConvChoice>>>

/** The kernels of a run, and the adapter on which it took them. */
export interface RunKernels {
  adapter: string
  table: ConvTable
}

const runKernelsSchema = v.strictObject({
  adapter: v.string(),
  table: v.record(v.string(), v.unknown()),
})

/** As a checkpoint holds it; entries that this version cannot read are left to the fixed choice. */
export function parseRunKernels(json: unknown): RunKernels {
  const { adapter, table } = parseWith(runKernelsSchema, json)
  return { adapter, table: readable(choiceSchema, table) }
}

/** What is known of one adapter: measured by one browser or Dawn, on one version of the kernels. */
export interface Measured {
  platform: string
  /** Hash of the kernels' code. */
  code: string
  winners: Winners
}

const measuredSchema = v.object({
  platform: v.string(),
  code: v.string(),
  winners: v.record(v.string(), v.unknown()),
})

/** The winners of a record that was kept, or none where it is damaged or was measured otherwise. */
export function parseWinners(
  kept: unknown,
  { platform, code }: Omit<Measured, 'winners'>,
): Winners {
  const parsed = v.safeParse(measuredSchema, kept)
  if (!parsed.success) return {}
  const { output } = parsed
  if (output.platform !== platform || output.code !== code) return {}
  return readable(partSchema, output.winners)
}

function readable<S extends v.GenericSchema>(
  schema: S,
  entries: Record<string, unknown>,
): Record<string, v.InferOutput<S>> {
  const parsed = Object.entries(entries).flatMap(([key, entry]) => {
    const { success, output } = v.safeParse(schema, entry)
    return success ? [[key, output] as const] : []
  })
  return Object.fromEntries(parsed)
}

/** Keeps what was measured, an entry an adapter; what it returns may be damaged. */
export interface TuningStore {
  /** The browser or the Dawn that measures: with another one, other kernels may be fastest. */
  readonly platform: string
  read(adapter: string): Promise<unknown>
  write(adapter: string, measured: Measured): Promise<void>
}

/** How a convolution of a shape is computed. */
export type Choose = (shape: ConvShape) => ConvChoice

/** A checkpoint, as far as it matters here. */
export interface Start {
  step: number
  kernels?: RunKernels
}

/**
 * How a run's convolutions are computed on this adapter: the fastest that is known, or else the
 * adapter's defaults. A run that goes on from a checkpoint keeps the choices it was trained with,
 * unless on another adapter, where bits differ anyway and the choices may be slow ones. Wrong kernels
 * are taken nowhere; throws `NoRightKernel`, when it chooses, where there are no others.
 */
export function choiceFor(
  adapter: AdapterInfo,
  winners: Winners,
  start: Start = { step: 0 },
  wrong: Wrong = NONE_WRONG,
): Choose {
  const choose = choiceOf(adapter, winners, start)
  return (shape) => rightChoice(adapter, shape, choose(shape), wrong)
}

function choiceOf(adapter: AdapterInfo, winners: Winners, start: Start): Choose {
  if (start.step > 0) {
    // Versions that did not choose wrote no table.
    const { adapter: trainedOn, table } = start.kernels ?? { adapter: adapter.name, table: {} }
    if (trainedOn === adapter.name) return (shape) => table[shapeKey(shape)] ?? FIXED_CHOICE
  }
  return (shape) => ({ ...defaultChoice(adapter, shape), ...winners[shapeKey(shape)] })
}

/** True where any of these shapes is computed otherwise than `choose` says. */
export function isOutdated(
  { convolutions, choices }: { convolutions: readonly ConvShape[]; choices: ConvTable },
  choose: Choose,
): boolean {
  return convolutions.some(
    (shape) => JSON.stringify(choose(shape)) !== JSON.stringify(choices[shapeKey(shape)]),
  )
}

/** How many of these shapes have been measured. */
export function measuredOf(shapes: readonly ConvShape[], winners: Winners): number {
  return shapes.filter((shape) => shapeKey(shape) in winners).length
}
