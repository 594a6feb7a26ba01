/** What a reading of all nets takes. */
export interface MeterCost {
  milliseconds: number
  /** Of the time of training and reading together; undefined where it is not known. */
  share: number | undefined
}

/**
 * What readings that took so many milliseconds each cost at every `every`-th step, where a step of
 * all nets takes `stepMs` without them.
 */
export function costOfReading(
  readings: readonly number[],
  every: number | null,
  stepMs: number | undefined,
): MeterCost {
  const milliseconds = readings.reduce((sum, one) => sum + one, 0)
  const known = every !== null && stepMs !== undefined
  return { milliseconds, share: known ? milliseconds / (milliseconds + every * stepMs) : undefined }
}
