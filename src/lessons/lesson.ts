import type { ModelSpec } from '../models/spec'
import type { DataConfig, TrainConfig } from '../run/config'
import type { Language } from '../words/language'
import type { Check } from './check'
import type { SourceName } from './sources'

/** A label in every language, or one that is the same in all: "ResNet-20". */
export type Label = string | Record<Language, string>

/**
 * A lesson without its words: what lies on the bench, what is done with it, what is asked and what
 * is checked. The words stand in `en.md` and `zh.md` beside it, under headings with the same ids.
 */
export interface Lesson {
  steps: readonly Step[]
}

export interface Step {
  /** Not repeated within the lesson; it is part of the step's URL. */
  id: string
  /** What lies on the bench from here on; without one, what lay there in the step before. */
  setup?: Setup
  /** What the bench shows; without it, the unit and the loss. */
  shows?: readonly Panel[]
  action?: Action
  question?: Question
  /** Held against what was measured on this page, once all of their values are there. */
  checks?: readonly Check[]
  paper?: Paper
}

export const PANELS = [
  /** Diagram, equation and PyTorch lines of the unit; of each lane's unit in a comparison. */
  'unit',
  'counts',
  'loss',
  'accuracy',
  /** The signal meter's profiles over depth, and equation 4 a stage. */
  'meter',
] as const
export type Panel = (typeof PANELS)[number]

/** Changes of `LESSON_RUN`: of its net, of how it is trained, of its pictures. */
export interface Changes {
  model?: Partial<ModelSpec>
  train?: Partial<TrainConfig>
  data?: Partial<DataConfig>
  seed?: number
}

export type Setup =
  | ({ kind: 'run' } & Changes)
  /** Up to six nets in lock-step; a lane changes the net that `model` has changed. */
  | ({
      kind: 'lanes'
      lanes: readonly { name: Label; model?: Partial<ModelSpec>; train?: Partial<TrainConfig> }[]
      /** With several, each trains to `train.steps`, one after another. */
      seeds?: number
    } & Changes)

export type Action =
  /**
   * Trains the net, or every lane, so many steps further; with `meter` the signal meter reads
   * before every step whose number is a multiple of it, from step 0 on.
   */
  | { kind: 'train'; steps: number; meter?: number }
  /** One reading of the signal meter, of the net or of every lane as they stand. */
  | { kind: 'measure' }
  /** Opens the set-up in Train or Compare, whichever it belongs to, to play with it. */
  | { kind: 'open' }

/** A choice; each option has its feedback in the texts. */
export interface Question {
  options: readonly string[]
  right: string
  /** Asked before the action, where one should guess first, or after it. */
  asked: 'before' | 'after'
}

/** What a paper reports, as numbers of its own; the text beside them says how they were got. */
export interface Paper {
  source: SourceName
  /** "Table 1", "Figure 4". */
  place: Label
  /** Drawn as bars where there are any, each with the figure as the paper prints it. */
  figures?: readonly { label: Label; value: number; printed: string }[]
}
