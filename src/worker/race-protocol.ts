import type { ComparisonConfig } from '../run/comparison'
import type { MeterReading, MeterStatus } from '../train/meter-reading'
import type {
  Evaluation,
  RunCost,
  SetBack,
  SetBackCause,
  StepRecords,
  WeightsHash,
} from './figures'

/**
 * A comparison in training: a race. It has a number that the page chooses (rising), as a run has
 * its id, and a key that its lanes' kept runs are named by. A run and a race share the GPU, one at a time: whichever is told to train has it, and
 * the other one pauses and keeps its place. `load-data`, `keep`, `data`, `device`, `refused` and
 * `unsaved` are for both.
 */
export type RaceCommand =
  /** Replaces the race, if there is one, by this one at its start. The same again is a reset. */
  | { type: 'race-configure'; race: number; key: string; comparison: ComparisonConfig }
  /** Train until every lane has ended with every seed; compiles first where that is not done. */
  | { type: 'race-train' }
  /** Stop once every lane has made as many steps as the others (with equal time: at once). */
  | { type: 'race-pause' }
  /** So many steps of every lane that has not ended, then pause. */
  | { type: 'race-step'; steps: number }
  /** The signal meter of all lanes, as `meter` of a run. */
  | { type: 'race-meter'; race: number; every: number | null }
  /** One reading of every lane that has not ended, as `read-meter` of a run. */
  | { type: 'race-read-meter'; race: number }
  /**
   * Replaces the race by the last one that this browser kept. With `after` it is the race that the
   * page has, which goes back, and nothing is taken that has another key.
   */
  | { type: 'race-resume-last'; race: number; after?: { key: string; cause: SetBackCause } }
  | { type: 'race-discard-last' }

export type RaceEvent =
  /** After `race-configure`, before anything is asked of the GPU. */
  | { type: 'race-planned'; race: number; lanes: readonly LanePlan[] }
  | { type: 'race-phase'; race: number; phase: RacePhase }
  /** Told once a seed's lanes are on the GPU, before their first step. */
  | { type: 'race-start'; race: number; start: StartCheck }
  | ({ type: 'race-lane'; state: LaneState } & LaneOfRace)
  | ({ type: 'race-steps'; steps: StepRecords } & LaneOfRace)
  | ({ type: 'race-evaluation'; evaluation: Evaluation } & LaneOfRace)
  /** The SHA-256 of a lane's tensors, told when the race rests or the lane has ended. */
  | ({ type: 'race-weights'; weights: WeightsHash } & LaneOfRace)
  | ({ type: 'race-meter'; reading: MeterReading } & LaneOfRace)
  | { type: 'race-meter-status'; race: number; lane: number; status: MeterStatus }
  | { type: 'race-speed'; race: number; lane: number; speed: LaneSpeed }
  | { type: 'race-progress'; race: number; progress: RaceProgress }
  /**
   * A kept race has taken the place of the page's. What it has given so far follows, as the events
   * above: plans, starts, lanes, steps, evaluations, and at last the phase.
   */
  | { type: 'race-restored'; race: number; key: string; comparison: ComparisonConfig }
  /**
   * The race has gone back to its last checkpoints; what it had given until then follows, as after
   * `race-restored`.
   */
  | { type: 'race-set-back'; race: number; setBack: SetBack }
  | { type: 'last-race'; lastRace: LastRace }

/** Which lane's an event is, and with which seed: both are counted from 0. */
export interface LaneOfRace {
  race: number
  lane: number
  seedIndex: number
}

/** What a lane will take, or why it cannot train. */
export type LanePlan = RunCost | { message: string; remedy: string }

export type RacePhase =
  | { phase: 'idle' }
  /** Kernels of a lane compiled so far and in all. */
  | { phase: 'compiling'; lane: number; done: number; total: number }
  | { phase: 'training'; seedIndex: number }
  | {
      phase: 'evaluating'
      lane: number
      seedIndex: number
      step: number
      done: number
      total: number
    }
  | { phase: 'paused'; seedIndex: number }
  /** Every lane has ended with every seed. */
  | { phase: 'finished' }
  | { phase: 'failed'; message: string; remedy: string }

/** `waiting` is what a lane is before its first step with a seed, and needs no event. */
export type LaneState =
  | { state: 'waiting' }
  | { state: 'training' }
  | { state: 'finished'; step: number }
  /** The loss of `step` is not a finite number; the other lanes go on. */
  | { state: 'diverged'; step: number; message: string }
  | { state: 'failed'; step: number; message: string; remedy: string }

/** What is about the nets of a lesson: a race of its own, beside the page's run and race. */
export interface LessonCommand {
  type: 'lesson'
  command: RaceCommand
}
export interface LessonEvent {
  type: 'lesson'
  event: RaceEvent
}

/** How equal the lanes start, as read back from the GPU. */
export interface StartCheck {
  seedIndex: number
  /** SHA-256 of each lane's first batch: pixels, crops and labels. */
  batches: readonly string[]
  /** Parameters and running estimates that more than one lane has, by name and shape. */
  sharedTensors: number
  /** The numbers in them, counted once. */
  sharedValues: number
  /** Names of those that are not the same in all lanes to the bit. */
  unequal: readonly string[]
}

/** Measured over a lane's steps so far with the seed that trains. */
export interface LaneSpeed {
  /** Milliseconds of the GPU's time a step, without the other lanes' steps. */
  stepMs: number
  imagesPerSecond: number
  /** Of the lane's buffers that exist now. */
  gpuBytes: number
}

export interface RaceProgress {
  /** The share of the race that is done, from 0 to 1, over all lanes and seeds. */
  share: number
  secondsLeft: number
}

/** The race that this browser kept, and that nothing has replaced yet. */
export type LastRace =
  | { state: 'none' }
  /** `step`: the most that a lane has done; `savedAt` in milliseconds since 1970. */
  | {
      state: 'offered'
      comparison: ComparisonConfig
      seedIndex: number
      step: number
      savedAt: number
    }
  | { state: 'damaged'; message: string }

/** True for what belongs to races and not to the page's single run. */
export function isRaceEvent(event: { type: string }): event is RaceEvent {
  return event.type.startsWith('race-') || event.type === 'last-race'
}

export function isRaceCommand(command: { type: string }): command is RaceCommand {
  return command.type.startsWith('race-')
}
