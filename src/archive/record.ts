import type { Adjustment } from '../run/adjustment'
import type { ComparisonConfig } from '../run/comparison'
import type { RunConfig } from '../run/config'

/** A validation of a kept run, made after so many steps. */
export interface EvaluationRecord {
  step: number
  loss: number
  accuracy: number
  images: number
}

/** How a kept run stands; one that trains has ended without a word if no page trains it. */
export type RunStatus =
  | { state: 'training' }
  | { state: 'paused' }
  | { state: 'finished' }
  | { state: 'failed'; message: string }

/** The program and the browser that trained a run. */
export interface Versions {
  app: string
  commit: string
  browser: string
}

/** A lane's place in a race, both counted from 0. */
export interface LaneOf {
  /** The race's key. */
  id: string
  comparison: ComparisonConfig
  lane: number
  seedIndex: number
}

/** A run as this browser keeps it, without the figures of its steps. Times: ms since 1970. */
export interface RunRecord {
  id: string
  /** Given by the user; empty where the net's name will do. */
  name: string
  note: string
  starred: boolean
  run: RunConfig
  /** Where its first weights came from, if not from its seed. */
  startsFrom?: string
  startedAt: number
  updatedAt: number
  status: RunStatus
  /** Steps done. */
  steps: number
  evaluations: readonly EvaluationRecord[]
  /** Changes of its settings while it ran, where there were any. */
  adjustments?: readonly Adjustment[]
  device: { name: string; software: boolean }
  versions: Versions
  /** The SHA-256 of all tensors after a step. */
  weights?: { step: number; sha256: string }
  /** The file to go on from, if there is one. */
  checkpoint?: { step: number; bytes: number; savedAt: number }
  /** The race that the run was a lane of. */
  group?: LaneOf
  /** True where the user does not want to be offered it when the page opens. */
  setAside?: boolean
  /** When it was deleted; until it is removed for good, that can be undone. */
  deletedAt?: number
}

/** The figures of consecutive steps from the run's first on, a column a figure. */
export interface StepColumns {
  loss: Float32Array
  /** Images of the batch that were classified right. */
  correct: Uint32Array
  learningRate: Float64Array
  /** Training time, without pauses, at the step's end. */
  seconds: Float64Array
}

export const STEP_BYTES = 4 + 4 + 8 + 8

export function noSteps(): StepColumns {
  return {
    loss: new Float32Array(0),
    correct: new Uint32Array(0),
    learningRate: new Float64Array(0),
    seconds: new Float64Array(0),
  }
}

/** The steps of all parts, one part after another. */
export function joinSteps(parts: readonly StepColumns[]): StepColumns {
  const length = parts.reduce((sum, { loss }) => sum + loss.length, 0)
  const all: StepColumns = {
    loss: new Float32Array(length),
    correct: new Uint32Array(length),
    learningRate: new Float64Array(length),
    seconds: new Float64Array(length),
  }
  let offset = 0
  for (const part of parts) {
    all.loss.set(part.loss, offset)
    all.correct.set(part.correct, offset)
    all.learningRate.set(part.learningRate, offset)
    all.seconds.set(part.seconds, offset)
    offset += part.loss.length
  }
  return all
}

/** Steps `from` to before `to`, as copies. */
export function sliceSteps(steps: StepColumns, from: number, to?: number): StepColumns {
  return {
    loss: steps.loss.slice(from, to),
    correct: steps.correct.slice(from, to),
    learningRate: steps.learningRate.slice(from, to),
    seconds: steps.seconds.slice(from, to),
  }
}

/** A new run's id: 96 random bits, so that runs of two browsers do not meet. */
export function newRunId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The id of a race's lane as a run: the same whenever the race goes on. */
export function laneRunId(race: string, lane: number, seedIndex: number): string {
  const place = [lane, seedIndex].map((index) => index.toString(16).padStart(2, '0'))
  return race.slice(0, 20) + place.join('')
}
