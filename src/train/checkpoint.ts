import * as v from 'valibot'
import { brief, firstOf, InvalidConfig, integer, parseWith, real } from '../models/validation'
import { type Adjustment, adjustmentsSchema } from '../run/adjustment'
import { parseRun, type RunConfig } from '../run/config'
import { GREATEST_EXPONENT, LEAST_EXPONENT, type LossScale } from '../shaders/loss-scale/loss-scale'
import { parseRunKernels, type RunKernels } from '../tuning/table'
import { digest } from './fingerprint'
import { type Metadata, misfits, readWithMetadata, writeSafetensors } from './safetensors'
import type { EvaluationResult, NamedTensors } from './trainer'

/** A checkpoint that cannot be gone on from; says why. */
export class InvalidCheckpoint extends Error {
  override name = 'InvalidCheckpoint'
}

/** Tensors that are no checkpoint of this program: a net's weights, perhaps. */
export class NoCheckpoint extends InvalidCheckpoint {
  override name = 'NoCheckpoint'

  constructor(readonly tensors: NamedTensors) {
    super('it holds tensors, but is no checkpoint')
  }
}

/** An evaluation and the steps done when it was made. */
export type EvaluationAt = EvaluationResult & { step: number }

/** All that a run needs to go on as if never stopped; random draws and data follow from `step`. */
export interface Checkpoint {
  run: RunConfig
  /** Steps done. */
  step: number
  tensors: NamedTensors
  /** The optimiser's velocities, under the parameters' names. */
  velocities: NamedTensors
  /** Of a run in f16, for its next step. */
  lossScale?: LossScale
  /** Of every step so far: mean loss, images classified right, and training time at its end. */
  losses: Float32Array
  corrects: Float32Array
  seconds: Float32Array
  evaluations: readonly EvaluationAt[]
  /** Undefined where no setting was changed on the way. */
  adjustments?: readonly Adjustment[]
  /** Undefined in a start, and in what versions wrote that did not choose. */
  kernels?: RunKernels
}

const KIND = 'residual-playground checkpoint'
const FORMAT = '1'
/** With adjustments: what reads format 1 alone would go on without them. */
const ADJUSTED_FORMAT = '2'
const VELOCITY = 'velocity.'
const METRICS = {
  losses: 'metrics.loss',
  corrects: 'metrics.correct',
  seconds: 'metrics.seconds',
} as const

const count = integer(0, Number.MAX_SAFE_INTEGER)
/** JSON has no infinities: the loss of a net that diverged comes back as no number. */
const loss = v.pipe(
  v.nullable(real(0, Number.MAX_VALUE)),
  v.transform((value) => value ?? Number.NaN),
)
const evaluationsSchema = v.array(
  v.strictObject({ step: count, loss, accuracy: real(0, 1), images: count }),
)

const lossScaleSchema = v.strictObject({
  exponent: integer(LEAST_EXPONENT, GREATEST_EXPONENT),
  good: integer(0, 0x7fff_ffff),
})

function checksum(metadata: Metadata, tensors: NamedTensors): Promise<string> {
  return digest(JSON.stringify(metadata), tensors)
}

/** A checkpoint as a safetensors file: weights by PyTorch's names, the rest beside them. */
export async function encodeCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array<ArrayBuffer>> {
  const { run, step, tensors, velocities, lossScale, evaluations, adjustments, kernels } =
    checkpoint
  const all: NamedTensors = new Map(tensors)
  for (const [name, velocity] of velocities) all.set(`${VELOCITY}${name}`, velocity)
  for (const [key, name] of Object.entries(METRICS)) {
    const data = checkpoint[key as keyof typeof METRICS]
    all.set(name, { shape: [data.length], data })
  }
  const metadata = {
    kind: KIND,
    format: adjustments ? ADJUSTED_FORMAT : FORMAT,
    step: String(step),
    run: JSON.stringify(run),
    evaluations: JSON.stringify(evaluations),
    ...(adjustments ? { adjustments: JSON.stringify(adjustments) } : {}),
    ...(kernels ? { kernels: JSON.stringify(kernels) } : {}),
    ...(lossScale ? { lossScale: JSON.stringify(lossScale) } : {}),
  }
  return writeSafetensors(all, { ...metadata, checksum: await checksum(metadata, all) })
}

/**
 * Reads a checkpoint whole, or throws `InvalidCheckpoint` with the reason: damaged, of a newer
 * format, something missing or malformed. Tensors of another kind are `NoCheckpoint`.
 */
export async function decodeCheckpoint(file: Uint8Array): Promise<Checkpoint> {
  const { tensors: all, metadata } = readWithMetadata(file)
  const { checksum: claimed, ...rest } = metadata
  if (rest.kind !== KIND) throw new NoCheckpoint(all)
  if (rest.format !== FORMAT && rest.format !== ADJUSTED_FORMAT) {
    throw new InvalidCheckpoint(
      `its format is ${brief(String(rest.format))}, this version reads ${FORMAT} and ${ADJUSTED_FORMAT}: use the version that wrote it`,
    )
  }
  if ((await checksum(rest, all)) !== claimed) {
    throw new InvalidCheckpoint('it is damaged: its checksum does not match its content')
  }
  const step = readStep(rest)
  const metrics = {
    losses: takeMetric(all, METRICS.losses, step),
    corrects: takeMetric(all, METRICS.corrects, step),
    seconds: takeMetric(all, METRICS.seconds, step),
  }
  const velocities: NamedTensors = new Map()
  for (const [name, tensor] of [...all]) {
    if (!name.startsWith(VELOCITY)) continue
    velocities.set(name.slice(VELOCITY.length), tensor)
    all.delete(name)
  }
  const run = readJson(rest, 'run', parseRun)
  const evaluations = readJson(rest, 'evaluations', (json) => parseWith(evaluationsSchema, json))
  const adjustments =
    rest.format === ADJUSTED_FORMAT
      ? readJson(rest, 'adjustments', (json) => parseWith(adjustmentsSchema, json))
      : undefined
  const late = [...evaluations, ...(adjustments ?? [])].find((one) => one.step > step)
  if (late) throw new InvalidCheckpoint(`it tells of step ${late.step}, but has made ${step} steps`)
  return {
    ...{ run, step, tensors: all, velocities },
    ...(run.train.precision === 'f16'
      ? { lossScale: readJson(rest, 'lossScale', (json) => parseWith(lossScaleSchema, json)) }
      : {}),
    ...metrics,
    evaluations,
    ...(adjustments ? { adjustments } : {}),
    ...(rest.kernels === undefined ? {} : { kernels: readJson(rest, 'kernels', parseRunKernels) }),
  }
}

function readText(metadata: Metadata, key: string): string {
  const text = metadata[key]
  if (text === undefined) throw new InvalidCheckpoint(`its text "${key}" is missing`)
  return text
}

function readStep(metadata: Metadata): number {
  const text = readText(metadata, 'step')
  if (/^(0|[1-9]\d{0,8})$/.test(text)) return Number(text)
  throw new InvalidCheckpoint(`its step: expected a whole number, got "${brief(text)}"`)
}

function readJson<T>(metadata: Metadata, key: string, parse: (json: unknown) => T): T {
  const text = readText(metadata, key)
  try {
    return parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidCheckpoint(`its text "${key}" is no JSON`)
    if (!(error instanceof InvalidConfig)) throw error
    throw new InvalidCheckpoint(`its text "${key}": ${firstOf(error.problems, 2).join('; ')}`)
  }
}

/** Removes a figure of every step from the tensors and returns it. */
function takeMetric(tensors: NamedTensors, name: string, steps: number): Float32Array {
  const tensor = tensors.get(name)
  if (!tensor) throw new InvalidCheckpoint(`its tensor "${name}" is missing`)
  if (String(tensor.shape) !== String([steps])) {
    throw new InvalidCheckpoint(
      `its tensor "${name}" is [${brief(String(tensor.shape))}], ${steps} steps need [${steps}]`,
    )
  }
  tensors.delete(name)
  return tensor.data
}

/** Settings in which a run may differ from the checkpoint that it goes on from. */
function comparable({ train: { steps: _, ...train }, evaluate: __, ...run }: RunConfig): object {
  return { ...run, train }
}

/** The settings of a run that a checkpoint was not trained with. */
export function foreignSettings(checkpoint: Checkpoint, run: RunConfig): string[] {
  const [theirs, ours] = [comparable(checkpoint.run), comparable(run)] as Record<string, unknown>[]
  return Object.keys(ours!)
    .filter((key) => JSON.stringify(theirs![key]) !== JSON.stringify(ours![key]))
    .map((key) => `"${key}" is not what the checkpoint was trained with`)
}

/** What keeps a run from going on from a checkpoint: other settings, or tensors that do not fit. */
export function obstacles(
  checkpoint: Checkpoint,
  run: RunConfig,
  plans: readonly { name: string; shape: readonly number[]; trained: boolean }[],
): string[] {
  const foreign = foreignSettings(checkpoint, run)
  if (foreign.length > 0) return foreign
  const trained = plans.filter((plan) => plan.trained)
  return [
    ...misfits(plans, checkpoint.tensors),
    ...misfits(trained, checkpoint.velocities).map((problem) => `velocity: ${problem}`),
  ]
}
