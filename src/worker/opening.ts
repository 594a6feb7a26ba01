import { DoesNotFit } from '../autograd/program'
import { modelName } from '../models/presets'
import { firstOf, InvalidConfig } from '../models/validation'
import type { RunConfig } from '../run/config'
import { type Checkpoint, decodeCheckpoint, NoCheckpoint, obstacles } from '../train/checkpoint'
import { type TrainableNetwork, trainableNetwork } from '../train/network'
import { InvalidSafetensors, misfits } from '../train/safetensors'
import { startOf } from '../train/start'
import type { NamedTensors } from '../train/trainer'

/** Faults of a file that are told one by one; the rest are counted. */
const FAULTS_TOLD = 4

/** A file that cannot be opened, with what to do about it. */
export class Refusal extends Error {
  override name = 'Refusal'

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** A run that a file holds, ready to go on. */
export interface OpenedRun {
  network: TrainableNetwork
  start: Checkpoint
  /** True where it starts from weights alone. */
  weightsOnly: boolean
  /** Of a fork: the tensors that come from its seed. */
  fromSeed?: readonly string[]
}

/** The run of a checkpoint, or `current` with the file's weights; throws where it is neither. */
export async function openRun(file: Uint8Array, current: RunConfig): Promise<OpenedRun> {
  try {
    return await openCheckpoint(file)
  } catch (error) {
    if (error instanceof NoCheckpoint) return ofWeights(error.tensors, current)
    throw error
  }
}

/** The run of a checkpoint; throws where it is none, or where its tensors are another net's. */
export async function openCheckpoint(file: Uint8Array): Promise<OpenedRun> {
  const start = await decodeCheckpoint(file)
  const network = trainableNetwork(start.run)
  const problems = obstacles(start, start.run, network.parameters.plans)
  if (problems.length === 0) return { network, start, weightsOnly: false }
  throw new Refusal(`It does not fit its own net: ${list(problems)}.`, 'Open another copy of it.')
}

/**
 * `run` at step 0 with those of a checkpoint's tensors whose name and shape it shares, and the
 * others from its seed; throws where it shares none.
 */
export async function forkRun(file: Uint8Array, run: RunConfig): Promise<OpenedRun> {
  const { tensors } = await decodeCheckpoint(file)
  const network = trainableNetwork(run)
  const start = startOf(network)
  const fromSeed: string[] = []
  for (const [name, { shape }] of start.tensors) {
    const found = tensors.get(name)
    if (found && String(found.shape) === String(shape)) start.tensors.set(name, found)
    else fromSeed.push(name)
  }
  if (fromSeed.length < start.tensors.size) return { network, start, weightsOnly: true, fromSeed }
  throw new Refusal(
    `It shares no tensor with ${modelName(run.model)}.`,
    'Choose a net of the same widths.',
  )
}

function ofWeights(tensors: NamedTensors, run: RunConfig): OpenedRun {
  const network = trainableNetwork(run)
  const problems = misfits(network.parameters.plans, tensors)
  if (problems.length === 0) {
    return { network, start: startOf(network, tensors), weightsOnly: true }
  }
  throw new Refusal(
    `These weights are not those of ${modelName(run.model)}: ${list(problems)}.`,
    'Choose the net that they belong to, and open the file again.',
  )
}

const list = (problems: readonly string[]) => firstOf(problems, FAULTS_TOLD).join('; ')

/** What a fault of a file means to someone who wants to open it. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const message = error instanceof Error ? error.message : String(error)
  return new Refusal(sentence(message), remedyFor(error))
}

function remedyFor(error: unknown): string {
  if (error instanceof DoesNotFit) return error.remedy
  if (error instanceof InvalidSafetensors) {
    return 'Open a checkpoint or weights that were saved as .safetensors.'
  }
  if (error instanceof InvalidConfig) return 'Open it with the version that wrote it.'
  return 'Open another copy of the file.'
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
