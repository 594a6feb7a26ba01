import { planMemory } from '../autograd/memory'
import { Program } from '../autograd/program'
import type { Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import { timingOf } from '../gpu/profile'
import { timePasses } from '../gpu/stopwatch'
import { normals } from '../random/seeded'
import { fromHalf } from '../shaders/half'
import type { Variable } from '../shaders/op'
import { withStorage } from '../shaders/storage'
import { byteLength, elements, isFeatureMap, pack, type TensorType } from '../shaders/tensor'
import type { Subject } from './subjects'
import { type Candidate, type Trial, trialOf } from './trial'
import type { Rig } from './tuner'

/** max |difference| over max |value|: sums of some thousand terms in another order, and no more. */
const TOLERANCES = { f32: 1e-4, f16: 5e-3 }
/** Not a number, as f32 and as two f16: what a candidate leaves out is seen. */
const UNWRITTEN = 0x7fc0_7fc0

/** Compiles what the subjects need, without waiting for one after another; failures show later. */
export async function compileAhead(
  cache: PipelineCache,
  subjects: readonly Subject[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const all = subjects.flatMap(({ shape, aspect, candidates }) =>
    candidates.map((candidate) => trialOf(shape, aspect).launches(candidate).map(withStorage)),
  )
  let done = 0
  await Promise.all(
    all.map(async (launches) => {
      await cache.compile(launches, () => {}).catch(() => {})
      onProgress(++done, all.length)
    }),
  )
}

/**
 * The candidates of a subject on the adapter, all on the same random tensors, and the results of
 * the first one. Throws `DoesNotFit` where there is no memory for it.
 */
export async function openRig(
  gpu: Gpu,
  cache: PipelineCache,
  { candidates }: Subject,
  trial: Trial,
): Promise<Rig> {
  const [standard, ...others] = candidates
  const parts = new Map([[standard, trial.launches(standard)]])
  const broken = new Map<Candidate, string>()
  for (const candidate of others) {
    const launches = trial.launches(candidate)
    try {
      await cache.compile(launches.map(withStorage), () => {})
      parts.set(candidate, launches)
    } catch (error) {
      broken.set(candidate, `does not compile: ${(error as Error).message}`)
    }
  }
  const kept = new Set([...trial.inputs, ...trial.outputs])
  for (const variable of trial.places.keys()) kept.delete(variable)
  const plan = planMemory([...parts.values()].flat(), trial.places, kept)
  const program = await Program.create(gpu, cache, plan, Object.fromEntries(parts), () => {})
  for (const [i, variable] of trial.inputs.entries()) program.write(variable, noise(variable, i))

  const results = async (candidate: Candidate) => {
    for (const variable of trial.outputs) {
      program.write(variable, new Uint32Array(byteLength(variable.type) / 4).fill(UNWRITTEN))
    }
    const encoder = gpu.device.createCommandEncoder({ label: 'candidate' })
    program.encode(String(candidate), encoder)
    gpu.device.queue.submit([encoder.finish()])
    return Promise.all(
      trial.outputs.map(async ({ type }, i) => values(type, await program.read(trial.outputs[i]!))),
    )
  }
  const expected = await results(standard).catch((error) => {
    program.destroy()
    throw error
  })
  return {
    async fault(candidate) {
      const reason = broken.get(candidate)
      if (reason !== undefined) return reason
      return difference(trial.outputs, await results(candidate), expected)
    },
    time: (candidate, runs) =>
      timePasses(gpu.device, timingOf(gpu), runs, (encoder, descriptor) =>
        program.encode(String(candidate), encoder, descriptor),
      ),
    destroy: () => program.destroy(),
  }
}

/** Pixels that noise repeats after: a prime, so that no row of a map is like the one before. */
const PERIOD = 251

/** Seeded noise as it lies in memory, pads zero. A feature map repeats a few pixels of it. */
function noise({ type }: Variable, purpose: number): Uint8Array<ArrayBuffer> {
  const channels = type.shape.at(-1)!
  const piece = isFeatureMap(type) ? { ...type, shape: [1, 1, PERIOD, channels] } : type
  const count = elements(piece.shape)
  // Weights of this size keep sums of their products near 1.
  const size = type.axes === 'rsck' ? Math.sqrt(channels / count) : 1
  const block = new Uint8Array(pack(piece, normals([11, purpose], count, size)).buffer)
  const bytes = new Uint8Array(byteLength(type))
  for (let at = 0; at < bytes.length; at += block.length) {
    bytes.set(block.subarray(0, Math.min(block.length, bytes.length - at)), at)
  }
  return bytes
}

function values({ element }: TensorType, memory: ArrayBuffer): Float32Array {
  if (element !== 'f16') return new Float32Array(memory)
  return Float32Array.from(new Uint16Array(memory), fromHalf)
}

/** Where results part from what is expected; undefined where they agree. */
function difference(
  variables: readonly Variable[],
  found: readonly Float32Array[],
  expected: readonly Float32Array[],
): string | undefined {
  for (const [i, { label, type }] of variables.entries()) {
    const [a, b] = [found[i]!, expected[i]!]
    let [worst, scale] = [0, 0]
    for (let j = 0; j < b.length; j++) {
      if (Number.isNaN(a[j])) return `"${label}" has elements that are no numbers or left out`
      worst = Math.max(worst, Math.abs(a[j]! - b[j]!))
      scale = Math.max(scale, Math.abs(b[j]!))
    }
    const relative = worst / Math.max(scale, 1e-3)
    const tolerance = TOLERANCES[type.element === 'f16' ? 'f16' : 'f32']
    if (relative > tolerance) {
      return `"${label}" is off by ${relative.toPrecision(2)} of its largest value`
    }
  }
  return undefined
}
