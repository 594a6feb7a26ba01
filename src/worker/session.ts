import { DoesNotFit } from '../autograd/program'
import { type Adjustment, type Change, withAdjustment } from '../run/adjustment'
import type { RunConfig } from '../run/config'
import { settingsAt } from '../run/schedule'
import type { Checkpoint } from '../train/checkpoint'
import { Logbook } from '../train/logbook'
import { type Listener, type TimedStep, TrainingLoop } from '../train/loop'
import { memorySummary } from '../train/memory-summary'
import type { TrainableNetwork } from '../train/network'
import { misfits } from '../train/safetensors'
import { startOf } from '../train/start'
import type { NamedTensors, Trainer } from '../train/trainer'
import type { Tuning } from './kernels'
import type { OpenedRun } from './opening'
import type { Event, PastOfRun, Phase, RestoredRun, RunCost, StepRecords } from './protocol'
import type { Recovery } from './recovery'
import { Throughput } from './throughput'

/** A trainer at work: its loop, and what it has given so far. */
export interface Training {
  trainer: Trainer
  logbook: Logbook
  loop: TrainingLoop
  /** Finds faster kernels between its steps. */
  tuning?: Tuning | undefined
}

/** A run that the page has configured, as far as it has come. */
export interface Session {
  id: number
  /** The id under which the browser keeps it. */
  key: string
  run: RunConfig
  network: TrainableNetwork
  /** Where it starts, if not at step 0 from its seed. */
  start?: Checkpoint
  training?: Training
  /** Brings it over the loss of its device. */
  recovery: Recovery
  /** The adapter on which it trained when that was lost: it keeps its kernels there. */
  trainedOn?: string
}

/** Steps that the session's run has behind it. */
export function stepOf({ training, start }: Session): number {
  return training?.trainer.step ?? start?.step ?? 0
}

/** Where the session's run is while nothing is done with it. */
export function restOf(session: Session): Phase {
  const step = stepOf(session)
  if (step === 0) return { phase: 'idle' }
  return { phase: step < session.run.train.steps ? 'paused' : 'finished', step }
}

/** The session's run as it stands. */
export async function checkpointOf({ training, start, network }: Session): Promise<Checkpoint> {
  return training ? training.logbook.checkpoint() : (start ?? startOf(network))
}

/** Its training is gone with its device: it goes on from its last checkpoint. */
export function goBack(session: Session): void {
  const { training, network } = session
  if (!training) return
  const { trainer, logbook } = training
  const start = logbook.last ?? session.start ?? startOf(network)
  const adjustments = trainer.adjustments.filter(({ step }) => step <= start.step)
  session.start = { ...start, ...(adjustments.length > 0 ? { adjustments } : {}) }
  session.trainedOn = trainer.adapter.name
  delete session.training
}

/**
 * At step 0 with these weights, where there are any; throws `DoesNotFit` where they are of another
 * net.
 */
export function startFrom(
  weights: NamedTensors | undefined,
  network: TrainableNetwork,
): { start?: Checkpoint } {
  if (!weights) return {}
  const problems = misfits(network.parameters.plans, weights)
  if (problems.length === 0) return { start: startOf(network, weights) }
  throw new DoesNotFit(
    `The opened weights do not fit this net: ${problems[0]}.`,
    'Reset starts from the seed.',
  )
}

/** What a network will take, known without asking the GPU for anything. */
export function costOf(network: TrainableNetwork): RunCost {
  const { memory, parts } = network
  return {
    gpuBytes: memory.bytes,
    dispatches: parts.training.length,
    memory: memorySummary(network),
  }
}

/** Changes settings of the session's run from its next step on. */
export function adjust(session: Session, change: Change): Adjustment {
  if (session.training) return session.training.trainer.adjust(change)
  const start = session.start ?? startOf(session.network)
  const adjustment = { step: start.step, ...change }
  const adjustments = withAdjustment(start.adjustments ?? [], adjustment)
  session.start = { ...start, adjustments }
  return adjustment
}

/** Lets a trainer go on from where the session starts, and tells the page what it gives. */
export function trainingOf(
  session: Session,
  trainer: Trainer,
  post: (event: Event) => void,
): Training {
  const logbook = new Logbook(trainer)
  if (session.start) logbook.restore(session.start)
  const loop = new TrainingLoop(trainer, listener(session, trainer, logbook, post), logbook)
  return { trainer, logbook, loop }
}

function listener(
  { id, run }: Session,
  trainer: Trainer,
  logbook: Logbook,
  post: (event: Event) => void,
): Listener {
  const throughput = new Throughput(run.train.steps, run.train.batchSize)
  const phase = (phase: Phase) => post({ type: 'phase', id, phase })
  return {
    steps(records) {
      logbook.steps(records)
      post({ type: 'steps', id, steps: columns(records) })
      const { step, seconds } = records.at(-1)!
      post({ type: 'progress', id, progress: throughput.after(step + 1, seconds) })
    },
    evaluating(done, total) {
      phase({ phase: 'evaluating', step: trainer.step, done, total })
    },
    evaluation(step, result) {
      logbook.evaluation({ step, ...result })
      post({ type: 'evaluation', id, evaluation: { step, ...result } })
      if (step < run.train.steps) phase({ phase: 'training', step })
    },
  }
}

/** Consecutive steps, a column a figure. */
export function columns(records: readonly TimedStep[]): StepRecords {
  return {
    first: records[0]!.step,
    loss: Float32Array.from(records, ({ loss }) => loss),
    correct: Uint32Array.from(records, ({ correct }) => correct),
    learningRate: Float64Array.from(records, ({ learningRate }) => learningRate),
    seconds: Float64Array.from(records, ({ seconds }) => seconds),
  }
}

/** A run that was opened from what is called `name`, as the page hears of it. */
export function restoredRun(key: string, name: string, opened: OpenedRun): RestoredRun {
  const { start, weightsOnly, fromSeed } = opened
  return {
    ...{ key, run: start.run, ...pastOf(start) },
    ...(start.step === 0 || weightsOnly ? { weightsOf: name } : {}),
    ...(fromSeed ? { fromSeed } : {}),
  }
}

/** What a checkpoint's run has given so far. */
export function pastOf(checkpoint: Checkpoint): PastOfRun {
  const { evaluations, adjustments } = checkpoint
  const steps = pastSteps(checkpoint)
  return { steps, evaluations, ...(adjustments ? { adjustments } : {}) }
}

/** The figures of all steps up to a checkpoint. */
export function pastSteps(checkpoint: Checkpoint): StepRecords {
  const { run, losses, corrects, seconds, adjustments } = checkpoint
  return {
    first: 0,
    loss: losses.slice(),
    correct: Uint32Array.from(corrects),
    learningRate: Float64Array.from(
      losses,
      (_, i) => settingsAt(run.train, i, adjustments).learningRate,
    ),
    seconds: Float64Array.from(seconds),
  }
}
