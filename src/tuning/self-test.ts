import { checked, type Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import * as ops from '../shaders'
import { type ConvChoice, type ConvKernel, FIXED_CHOICE, kernelFor } from '../shaders/conv2d/choice'
import type { AnyOp, OpCase } from '../shaders/op'
import { ALLOWED_ERROR, type Difference, selfTest } from '../shaders/self-test'
import type { MapElement } from '../shaders/tensor'
import type { Aspect, Candidate } from './trial'
import { CANDIDATES, type Wrong } from './wrong'

type Case = OpCase<string, { choice?: ConvChoice; stride?: number; padding?: number }>

/** One case of an op, its feature maps stored in one way. */
export interface KernelTest {
  op: AnyOp
  test: Case
  maps: MapElement
}

type Made = Partial<ConvChoice>

/** What came of a test. */
export interface KernelResult {
  op: string
  /** Sizes and attributes. */
  case: string
  /** The kernels of a convolution, where there is a choice. */
  kernel: string
  maps: MapElement
  /** Where the error is largest. */
  tensor: string
  /** Of the tensor's largest value; NaN where values are missing or no numbers. */
  error: number
  allowed: number
  /** What is wrong, in words, besides or instead of an error that is too large. */
  fault?: string
  passed: boolean
  /** The candidates that made a convolution's tensors: those that are wrong, or all that are right. */
  made?: Made
}

/** Convolutions on which every candidate runs: whole tiles, odd sizes, a stride, one tap. */
const SHAPES: readonly Case[] = [
  { shapes: { x: [2, 4, 16, 20], w: [3, 3, 20, 70] }, attributes: { stride: 1, padding: 1 } },
  { shapes: { x: [2, 5, 7, 18], w: [3, 3, 18, 36] }, attributes: { stride: 2, padding: 1 } },
  { shapes: { x: [2, 6, 6, 40], w: [1, 1, 40, 12] }, attributes: { stride: 1, padding: 0 } },
]

function candidateCases(): Case[] {
  const choices = [
    ...CANDIDATES.forward.map((kernel) => ({ forward: kernel, dataGradient: kernel })),
    ...CANDIDATES.filterGradientThreads.map((filterGradientThreads) => ({ filterGradientThreads })),
    ...CANDIDATES.filterGradientQuads.map((filterGradientQuads) => ({ filterGradientQuads })),
  ]
  const whole = choices.map((choice) => ({ ...FIXED_CHOICE, ...choice }) as ConvChoice)
  // Some are the fixed choice itself.
  const distinct = [...new Map(whole.map((choice) => [JSON.stringify(choice), choice])).values()]
  return SHAPES.flatMap(({ shapes, attributes }) =>
    distinct.map((choice) => ({ shapes, attributes: { ...attributes, choice } })),
  )
}

/** Every op with its cases, and every candidate of a convolution; in f16 too where the adapter has it. */
export function kernelTests(f16: boolean): KernelTest[] {
  const storages: readonly MapElement[] = f16 ? ['f32', 'f16'] : ['f32']
  const tests = (op: AnyOp, cases: readonly unknown[]) =>
    (cases as Case[]).flatMap((test) => storages.map((maps) => ({ op, test, maps })))
  return [
    ...tests(ops.conv2d as AnyOp, candidateCases()),
    ...(Object.values(ops) as AnyOp[]).flatMap((op) => tests(op, op.cases)),
  ]
}

/** Runs one test on the adapter and says what came of it; what it throws is a result as well. */
export async function runKernelTest(
  { device }: Gpu,
  cache: PipelineCache,
  { op, test, maps }: KernelTest,
): Promise<KernelResult> {
  const about = {
    ...{ op: op.name, case: caseText(test), kernel: kernelText(test), maps },
    allowed: ALLOWED_ERROR[maps],
  }
  let differences: Difference[]
  try {
    differences = await checked(device, () => selfTest(device, cache, op, test, maps))
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    const made = madeBy(test, ['y', 'gradient of x', 'gradient of w'])
    return { ...about, tensor: '', error: Number.NaN, fault, passed: false, ...(made && { made }) }
  }
  const isWrong = ({ relative, fault }: Difference) => fault || !(relative < ALLOWED_ERROR[maps])
  const failed = differences.filter(isWrong)
  const told = failed.length > 0 ? failed : differences
  const { tensor, relative, fault } = told.reduce(worse)
  const made = madeBy(
    test,
    told.map((one) => one.tensor),
  )
  return {
    ...{ ...about, tensor, error: relative, passed: failed.length === 0 },
    ...(fault && { fault }),
    ...(made && { made }),
  }
}

const worse = (a: Difference, b: Difference) =>
  b.fault || Number.isNaN(b.relative) || b.relative > a.relative ? b : a

/** What made a convolution's tensors, as far as there is a choice. */
function madeBy({ shapes, attributes }: Case, tensors: readonly string[]): Made | undefined {
  const { choice = FIXED_CHOICE, stride = 1, padding = 0 } = attributes ?? {}
  const { x, w } = shapes
  if (w?.length !== 4 || !x) return undefined
  const made = (kernel: ConvKernel) => kernelFor(kernel, { x, w, stride, padding })
  const { filterGradientThreads, filterGradientQuads } = choice
  const forward = (tensor: string) => tensor === 'y' || tensor === 'parts'
  const filter = (tensor: string) => tensor === 'gradient of w'
  return {
    ...(tensors.some(forward) ? { forward: made(choice.forward) } : {}),
    ...(tensors.some((one) => !forward(one) && !filter(one))
      ? { dataGradient: made(choice.dataGradient) }
      : {}),
    ...(tensors.some(filter) ? { filterGradientThreads, filterGradientQuads } : {}),
  }
}

function kernelText({ attributes, shapes }: Case): string {
  if (shapes.w?.length !== 4) return ''
  const { forward, filterGradientThreads, filterGradientQuads } = attributes?.choice ?? FIXED_CHOICE
  return `${forward}, filter gradient ${filterGradientThreads}/${filterGradientQuads}`
}

function caseText({ shapes, attributes }: Case): string {
  const { choice: _, ...others } = attributes ?? {}
  const sizes = Object.entries(shapes).map(([name, shape]) => `${name} ${shape!.join('×')}`)
  const rest = Object.entries(others).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  return [...sizes, ...rest].join(', ')
}

/** What the results take out of use. */
export function wrongOf(results: readonly KernelResult[]): Wrong {
  const candidates: Partial<Record<Aspect, Candidate[]>> = {}
  const exclude = (aspect: Aspect, candidate: Candidate) => {
    candidates[aspect] = [...new Set([...(candidates[aspect] ?? []), candidate])]
  }
  const right = results.flatMap(({ passed, made }) => (passed && made ? [made] : []))
  const failed = results.filter(({ passed }) => !passed)
  for (const { made = {} } of failed) {
    for (const aspect of ['forward', 'dataGradient'] as const) {
      if (made[aspect]) exclude(aspect, made[aspect])
    }
    // The filter gradient has two: at fault is which gave nothing right, or both where both did.
    const filter = (['filterGradientThreads', 'filterGradientQuads'] as const).filter(
      (aspect) => made[aspect] !== undefined,
    )
    const alone = filter.filter((aspect) => !right.some((one) => one[aspect] === made[aspect]))
    for (const aspect of alone.length > 0 ? alone : filter) exclude(aspect, made[aspect]!)
  }
  const single = failed.filter(({ made }) => !made).map(({ op }) => op)
  return { candidates, ops: [...new Set(single)] }
}
