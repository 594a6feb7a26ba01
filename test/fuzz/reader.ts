import type fc from 'fast-check'

/** What came of an input: refused, read as what had been written, or read as another right one. */
export type Verdict = 'refused' | 'same' | 'other'

export type Input = string | Uint8Array<ArrayBuffer>

/** A reader of something that comes from outside, and how it is told right from wrong. */
export interface Reader {
  name: string
  /** Its share of all inputs: dear ones get fewer. */
  weight: number
  inputs: fc.Arbitrary<Input | Promise<Input>>
  /**
   * Reads an input and says what came of it; throws where what was read is nonsense. What a reader
   * refuses by throwing may be thrown on.
   */
  read(input: Input): Verdict | Promise<Verdict>
  /** The errors by which the reader refuses. */
  refusals: readonly (abstract new (
    ...args: never
  ) => Error)[]
}

/** Throws where something that was read is not as it must be. */
export function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`nonsense was accepted: ${what}`)
}
