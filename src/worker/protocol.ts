import type { Timing } from '../gpu/profile'
import type { Adjustment, Change } from '../run/adjustment'
import type { RunConfig } from '../run/config'
import type { MemorySummary } from '../train/memory-summary'
import type { MeterReading, MeterStatus } from '../train/meter-reading'
import type { LaunchProfile } from '../train/profile'
import type { AdapterRates } from '../train/rates'
import type { NodePictures, Picture, SlowStep } from '../train/slow-step'
import type { AdapterClass } from '../tuning/defaults'
import type {
  Evaluation,
  RunCost,
  SetBack,
  SetBackCause,
  StepRecords,
  WeightsHash,
} from './figures'
import type { LessonCommand, LessonEvent, RaceCommand, RaceEvent } from './race-protocol'

export type {
  DirectPath,
  StageReading,
  UnitGradient,
  UnitReading,
} from '../train/meter-reading'
export type {
  AdapterRates,
  Evaluation,
  LaunchProfile,
  MemorySummary,
  MeterReading,
  MeterStatus,
  NodePictures,
  Picture,
  RunCost,
  SetBack,
  SetBackCause,
  SlowStep,
  StepRecords,
  Timing,
  WeightsHash,
}

/** What the page and the training worker say to each other: one union a direction. */
export type Command = RunCommand | RaceCommand | LessonCommand
export type Event = RunEvent | RaceEvent | LessonEvent

/**
 * A run has an `id` that the page chooses (rising numbers); the page ignores events of a run it has
 * left.
 */
export type RunCommand =
  /**
   * Replaces the run, if there is one, by this one at step 0. The same run again is a reset. With
   * `keepWeights` it starts from the weights that were opened, if they fit, and not from its seed.
   * The `key` of a run is the id under which this browser keeps it.
   */
  | { type: 'configure'; id: number; key: string; run: RunConfig; keepWeights?: boolean }
  /** Train until the run's last step; compiles first where that has not been done. */
  | { type: 'train' }
  /** Stop after the step that is under way. */
  | { type: 'pause' }
  /** One step, then pause. */
  | { type: 'step' }
  /** One step, timed launch by launch, then pause; before it an ordinary one where none was made. */
  | { type: 'profile' }
  /** One step, its tensors shown node by node, then pause. Changes no bit of the run. */
  | { type: 'slow-step' }
  /**
   * The signal meter reads before every step whose number is a multiple of `every`; null switches
   * it off and frees what it has on the GPU. It is off in a run that is configured, opened or
   * resumed. Metering changes no bit of the run.
   */
  | { type: 'meter'; id: number; every: number | null }
  /** One reading: between the next two steps, or at once where training rests. */
  | { type: 'read-meter'; id: number }
  /** Changes settings of the run from its next step on. */
  | { type: 'adjust'; id: number; change: Change }
  | { type: 'load-data'; source: DataRequest }
  | { type: 'cancel-load' }
  /** Remove CIFAR-10 from the browser's storage. */
  | { type: 'remove-data' }
  /** Hand out the run as a file; training goes on. */
  | { type: 'save'; what: SavedFile }
  /**
   * Replaces the run by a checkpoint's, or by `run` with the file's weights at step 0. A file that
   * is neither is refused, and the run that is there goes on.
   */
  | { type: 'open'; id: number; key: string; file: File; run: RunConfig }
  /**
   * Replaces the run by a kept one, called `name`; it is kept on under its own key. With a
   * `setBack` it is the run that the page has, which goes back.
   */
  | { type: 'resume'; id: number; key: string; name: string; setBack?: SetBackCause }
  /**
   * Replaces the run by `run` at step 0 with those tensors of a kept run, called `name`, whose name
   * and shape it shares; the others come from its seed.
   */
  | { type: 'fork'; id: number; key: string; from: string; name: string; run: RunConfig }
  /** The page may go away, or there is room again: keep the run in the browser's storage. */
  | { type: 'keep' }

/** What is about the pictures, whatever trains on them. */
export type DataCommand = Extract<RunCommand, { type: 'load-data' | 'cancel-load' | 'remove-data' }>
export type TrainingCommand = Exclude<RunCommand, DataCommand>

export type SavedFile = 'checkpoint' | 'weights'

/** Where CIFAR-10 comes from: the page's own server, or files that the user dropped or chose. */
export type DataRequest = { kind: 'server' } | { kind: 'files'; files: readonly File[] }

export type RunEvent =
  | { type: 'device'; device: DeviceStatus }
  | { type: 'planned'; id: number; cost: RunCost }
  | { type: 'phase'; id: number; phase: Phase }
  | { type: 'steps'; id: number; steps: StepRecords }
  | { type: 'adjusted'; id: number; adjustment: Adjustment }
  | { type: 'evaluation'; id: number; evaluation: Evaluation }
  | { type: 'progress'; id: number; progress: Progress }
  /** By which kernels the run is computed; told when they are compiled and when tuning ends. */
  | { type: 'kernels'; id: number; kernels: KernelStatus }
  | { type: 'profile'; id: number; profile: StepProfile }
  /** With the names of the pictures' classes. */
  | { type: 'slow-step'; id: number; slow: SlowStep; classes: readonly string[] }
  | { type: 'meter'; id: number; reading: MeterReading }
  | { type: 'meter-status'; id: number; status: MeterStatus }
  | { type: 'data'; data: DataStatus }
  | { type: 'file'; name: string; bytes: Uint8Array<ArrayBuffer> }
  | ({ type: 'restored'; id: number } & RestoredRun)
  /** A file, or the kept run, that could not be taken; the run that was there is untouched. */
  | { type: 'refused'; name: string; message: string; remedy: string }
  /** The SHA-256 of all tensors, told when training rests. */
  | { type: 'weights'; id: number; weights: WeightsHash }
  /** The checkpoint of the run with this key is in the browser's storage. */
  | { type: 'kept'; key: string; checkpoint: KeptCheckpoint }
  /** The run has gone back to its last checkpoint, with what it had given until then. */
  | ({ type: 'set-back'; id: number; setBack: SetBack } & PastOfRun)
  /** The browser does not keep the run, because it is `full` or for another reason; told once. */
  | { type: 'unsaved'; full: boolean; message: string }

/** What a run has given so far. */
export interface PastOfRun {
  steps: StepRecords
  evaluations: readonly Evaluation[]
  /** Changes of settings on the way, where there were any. */
  adjustments?: readonly Adjustment[]
}

/** A run that took the place of the page's. */
export interface RestoredRun extends PastOfRun {
  key: string
  run: RunConfig
  /** The file or the kept run whose weights the run starts from at step 0. */
  weightsOf?: string
  /** Tensors that come from the run's seed all the same, where a fork's net is another. */
  fromSeed?: readonly string[]
}

export interface KeptCheckpoint {
  /** Steps done. */
  step: number
  bytes: number
  /** In milliseconds since 1970. */
  savedAt: number
}

export type DeviceStatus =
  | { state: 'connecting' }
  | { state: 'ready'; name: string; software: boolean; f16: boolean }
  | { state: 'unavailable'; reason: string; remedy: string }

export type Phase =
  | { phase: 'idle' }
  /** Kernels compiled so far and in all. */
  | { phase: 'compiling'; done: number; total: number }
  | { phase: 'training'; step: number }
  | { phase: 'profiling'; step: number }
  | { phase: 'evaluating'; step: number; done: number; total: number }
  | { phase: 'paused'; step: number }
  | { phase: 'finished'; step: number }
  | { phase: 'failed'; step: number; message: string; remedy: string }

/** By which kernels a run is computed, and what tuning has found. */
export interface KernelStatus {
  /** What holds for shapes that were not measured. */
  defaults: AdapterClass
  /** Shapes of convolutions in the net, and how many of them have been measured here. */
  shapes: number
  tuned: number
  /** The run goes on with the kernels of its checkpoint. */
  resumed: boolean
  /** Others are being measured between the steps. */
  tuning: boolean
  /** The next start will take others than this run has. */
  othersNext: boolean
  /** Kernels that gave wrong results or did not compile, a line each. */
  excluded: readonly string[]
}

/** One step of the run, launch by launch in their order. */
export interface StepProfile {
  /** Steps done before it. */
  step: number
  /** When it began, in milliseconds since 1970. */
  startedAt: number
  timing: Timing
  /** What the adapter can do at most, as its probes say. */
  rates: AdapterRates
  launches: readonly LaunchProfile[]
}

export interface Progress {
  step: number
  steps: number
  imagesPerSecond: number
  secondsLeft: number
}

/** The state of CIFAR-10 in this browser. */
export type DataStatus =
  | { state: 'absent' }
  /** `ready`: the training files 1 … 5 that are there already. */
  | { state: 'loading'; ready: number[]; received: number; total: number | null; what: string }
  | { state: 'ready'; ready: number[]; persisted: boolean }
  /** A load that failed; `ready` is what was there before and still is. */
  | { state: 'failed'; ready: number[]; message: string; remedy: string }
