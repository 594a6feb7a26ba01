import { parseRun, type RunConfig } from '../run/config'
import { type Metadata, misfits, readWithMetadata, writeSafetensors } from './safetensors'
import type { EvaluationResult, NamedTensors } from './trainer'

/** A checkpoint that cannot be gone on from; says why. */
export class InvalidCheckpoint extends Error {
  override name = 'InvalidCheckpoint'
}

/** All that a run needs to go on as if never stopped; random draws and data follow from `step`. */
export interface Checkpoint {
  run: RunConfig
  /** Steps done. */
  step: number
  tensors: NamedTensors
  /** The optimiser's velocities, under the parameters' names. */
  velocities: NamedTensors
  /** Of every step so far: mean loss, and images classified right. */
  losses: Float32Array
  corrects: Float32Array
  evaluations: readonly (EvaluationResult & { step: number })[]
}

const KIND = 'residual-playground checkpoint'
const FORMAT = '1'
const VELOCITY = 'velocity.'
const LOSSES = 'metrics.loss'
const CORRECTS = 'metrics.correct'

/** SHA-256 over the texts and all tensors, names and shapes included. */
async function checksum(metadata: Metadata, tensors: NamedTensors): Promise<string> {
  const names = Array.from(tensors, ([name, { shape }]) => [name, shape])
  const text = new TextEncoder().encode(JSON.stringify([metadata, names]))
  const parts = [
    text,
    ...Array.from(tensors.values(), ({ data }) => new Uint8Array(data.slice().buffer)),
  ]
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A checkpoint as a safetensors file: weights by PyTorch's names, the rest beside them. */
export async function encodeCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array<ArrayBuffer>> {
  const { run, step, tensors, velocities, losses, corrects, evaluations } = checkpoint
  const all: NamedTensors = new Map(tensors)
  for (const [name, velocity] of velocities) all.set(`${VELOCITY}${name}`, velocity)
  all.set(LOSSES, { shape: [losses.length], data: losses })
  all.set(CORRECTS, { shape: [corrects.length], data: corrects })
  const metadata = {
    kind: KIND,
    format: FORMAT,
    step: String(step),
    run: JSON.stringify(run),
    evaluations: JSON.stringify(evaluations),
  }
  return writeSafetensors(all, { ...metadata, checksum: await checksum(metadata, all) })
}

/** Reads a checkpoint whole, or throws: damaged, of a newer format, or none at all. */
export async function decodeCheckpoint(file: Uint8Array): Promise<Checkpoint> {
  const { tensors: all, metadata } = readWithMetadata(file)
  const { checksum: claimed, ...rest } = metadata
  if (rest.kind !== KIND) throw new InvalidCheckpoint('it holds tensors, but is no checkpoint')
  if (rest.format !== FORMAT) {
    throw new InvalidCheckpoint(
      `its format is ${rest.format}, this version reads ${FORMAT}: use the version that wrote it`,
    )
  }
  if ((await checksum(rest, all)) !== claimed) {
    throw new InvalidCheckpoint('it is damaged: its checksum does not match its content')
  }
  const take = (name: string) => {
    const { data } = all.get(name)!
    all.delete(name)
    return data
  }
  const [losses, corrects] = [take(LOSSES), take(CORRECTS)]
  const velocities: NamedTensors = new Map()
  for (const [name, tensor] of [...all]) {
    if (!name.startsWith(VELOCITY)) continue
    velocities.set(name.slice(VELOCITY.length), tensor)
    all.delete(name)
  }
  return {
    ...{ step: Number(rest.step), tensors: all, velocities, losses, corrects },
    run: parseRun(JSON.parse(rest.run!)),
    evaluations: JSON.parse(rest.evaluations!),
  }
}

/** Settings in which a run may differ from the checkpoint that it goes on from. */
function comparable({ train: { steps: _, ...train }, evaluate: __, ...run }: RunConfig): object {
  return { ...run, train }
}

/** What keeps a run from going on from a checkpoint: other settings, or tensors that do not fit. */
export function obstacles(
  checkpoint: Checkpoint,
  run: RunConfig,
  plans: readonly { name: string; shape: readonly number[] }[],
): string[] {
  const [theirs, ours] = [comparable(checkpoint.run), comparable(run)] as Record<string, unknown>[]
  const differing = Object.keys(ours!).filter(
    (key) => JSON.stringify(theirs![key]) !== JSON.stringify(ours![key]),
  )
  if (differing.length > 0) {
    return differing.map((key) => `"${key}" is not what the checkpoint was trained with`)
  }
  return misfits(plans, checkpoint.tensors)
}
