import type { Timing } from '../gpu/profile'
import type { RunConfig } from '../run/config'
import type { MemorySummary } from '../train/memory-summary'
import type { LaunchProfile } from '../train/profile'
import type { AdapterRates } from '../train/rates'
import type { Evaluation, RunCost, StepRecords, WeightsHash } from './figures'
import type { RaceCommand, RaceEvent } from './race-protocol'

export type {
  AdapterRates,
  Evaluation,
  LaunchProfile,
  MemorySummary,
  RunCost,
  StepRecords,
  Timing,
  WeightsHash,
}

/** What the page and the training worker say to each other: one union a direction. */
export type Command = RunCommand | RaceCommand
export type Event = RunEvent | RaceEvent

/**
 * A run has an `id` that the page chooses (rising numbers); the page ignores events of a run it has
 * left.
 */
export type RunCommand =
  /**
   * Replaces the run, if there is one, by this one at step 0. The same run again is a reset. With
   * `keepWeights` it starts from the weights that were opened, if they fit, and not from its seed.
   */
  | { type: 'configure'; id: number; run: RunConfig; keepWeights?: boolean }
  /** Train until the run's last step; compiles first where that has not been done. */
  | { type: 'train' }
  /** Stop after the step that is under way. */
  | { type: 'pause' }
  /** One step, then pause. */
  | { type: 'step' }
  /** One step, timed launch by launch, then pause; before it an ordinary one where none was made. */
  | { type: 'profile' }
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
  | { type: 'open'; id: number; file: File; run: RunConfig }
  /** Replaces the run by the last one that this browser kept. */
  | { type: 'resume-last'; id: number }
  | { type: 'discard-last' }
  /** The page may go away: keep the run in the browser's storage. */
  | { type: 'keep' }

export type SavedFile = 'checkpoint' | 'weights'

/** Where CIFAR-10 comes from: the page's own server, or files that the user dropped or chose. */
export type DataRequest = { kind: 'server' } | { kind: 'files'; files: readonly File[] }

export type RunEvent =
  | { type: 'device'; device: DeviceStatus }
  | { type: 'planned'; id: number; cost: RunCost }
  | { type: 'phase'; id: number; phase: Phase }
  | { type: 'steps'; id: number; steps: StepRecords }
  | { type: 'evaluation'; id: number; evaluation: Evaluation }
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'profile'; id: number; profile: StepProfile }
  | { type: 'data'; data: DataStatus }
  | { type: 'file'; name: string; bytes: Uint8Array<ArrayBuffer> }
  | ({ type: 'restored'; id: number } & RestoredRun)
  /** A file, or the kept run, that could not be taken; the run that was there is untouched. */
  | { type: 'refused'; name: string; message: string; remedy: string }
  /** The SHA-256 of all tensors, told when training rests. */
  | { type: 'weights'; id: number; weights: WeightsHash }
  | { type: 'last-run'; lastRun: LastRun }
  /** The browser does not keep the run; told once. */
  | { type: 'unsaved'; message: string }

/** A run that took the place of the page's, with what it has given so far. */
export interface RestoredRun {
  run: RunConfig
  steps: StepRecords
  evaluations: readonly Evaluation[]
  /** The file whose weights the run starts from, where it was no checkpoint. */
  weightsOf?: string
}

/** The run that this browser kept, and that nothing has replaced yet. */
export type LastRun =
  | { state: 'none' }
  /** `savedAt` in milliseconds since 1970. */
  | { state: 'offered'; run: RunConfig; step: number; savedAt: number }
  | { state: 'damaged'; message: string }

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
