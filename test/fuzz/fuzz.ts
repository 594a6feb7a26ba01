import fc from 'fast-check'
import { InvalidConfig } from '../../src/models/validation'
import { faultTranslator } from '../../src/words/faults'
import { faults } from '../../src/words/zh/faults'
import type { Input, Reader, Verdict } from './reader'

const LONGEST_MS = 3000
/** Until an answer that takes no CPU time is taken for one that never comes. */
const PATIENCE_MS = 20_000
/** What reading may allocate, besides a multiple of the input's size. */
const [ALLOWANCE_BYTES, ALLOWED_TIMES] = [32 * 2 ** 20, 64]
/** What a page can show of a refusal. */
const [LONGEST_LINE, MOST_LINES] = [600, 24]

/** The page puts what is refused into the reader's language, which must not take long either. */
const chinese = faultTranslator(faults)

/** What came of a reader's inputs. */
export interface Outcome {
  reader: string
  counts: Record<Verdict, number>
  /** Of the CPU. */
  slowestMs: number
  seconds: number
  /** The first input that was not taken as it should be, as far as it could be made smaller. */
  failure?: string
}

/** Told of every input before it is read. */
export type OnInput = (reader: string, input: Input) => void

interface Options {
  numRuns: number
  seed: number
  /** CPU time that one input may take. */
  longestMs?: number
  onInput?: OnInput
}

/** Gives a reader so many damaged inputs of a seed; stops at the first that is taken wrongly. */
export async function fuzz(
  reader: Reader,
  { numRuns, seed, longestMs = LONGEST_MS, onInput = () => {} }: Options,
): Promise<Outcome> {
  const counts: Record<Verdict, number> = { refused: 0, same: 0, other: 0 }
  let slowestMs = 0
  const began = performance.now()
  const property = fc.asyncProperty(reader.inputs, async (drawn) => {
    const input = await drawn
    onInput(reader.name, input)
    const { verdict, milliseconds } = await measured(reader, input)
    if (milliseconds > longestMs) throw failing(input, `took ${milliseconds.toFixed(0)} ms`)
    slowestMs = Math.max(slowestMs, milliseconds)
    counts[verdict]++
  })
  // A smaller input is no use where each try is another draw's worth of time.
  const details = await fc.check(property, { numRuns, seed, endOnFailure: true })
  return {
    ...{ reader: reader.name, counts, slowestMs },
    seconds: (performance.now() - began) / 1000,
    ...(details.failed ? { failure: failureText(details, seed) } : {}),
  }
}

function failureText(
  {
    errorInstance,
    counterexamplePath,
  }: { errorInstance: unknown; counterexamplePath: string | null },
  seed: number,
) {
  const reason = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance)
  return `seed ${seed}, input ${counterexamplePath}: ${reason}`
}

/** Reads an input within the limits of time and memory, and checks how it is refused. */
async function measured(reader: Reader, input: Input) {
  const [memory, peak] = [process.memoryUsage().arrayBuffers, process.resourceUsage().maxRSS]
  const before = process.cpuUsage()
  const verdict = await inTime(verdictOf(reader, input))
  const { user, system } = process.cpuUsage(before)
  const milliseconds = (user + system) / 1000
  const grown = Math.max(
    process.memoryUsage().arrayBuffers - memory,
    1024 * (process.resourceUsage().maxRSS - peak),
  )
  if (grown > ALLOWANCE_BYTES + ALLOWED_TIMES * input.length) {
    throw failing(input, `took ${grown} bytes of memory`)
  }
  if ('polluted' in {}) throw failing(input, 'changed the prototype of all objects')
  return { verdict, milliseconds }
}

async function verdictOf(reader: Reader, input: Input): Promise<Verdict> {
  try {
    return await reader.read(input)
  } catch (error) {
    if (!reader.refusals.some((refusal) => error instanceof refusal)) {
      throw failing(input, 'was not refused as it should be', error)
    }
    const fault = faultOfRefusal(error as Error)
    if (fault) throw failing(input, `was refused, but ${fault}`, error)
    return 'refused'
  }
}

/** A refusal says something, and no more than a page can show. */
function faultOfRefusal(error: Error): string | undefined {
  const lines = error instanceof InvalidConfig ? error.problems : [error.message]
  if (lines.length === 0 || lines.some((line) => chinese(line) === '')) return 'without a reason'
  if (lines.length > MOST_LINES) return `in ${lines.length} lines`
  const longest = Math.max(...lines.map((line) => line.length))
  if (longest > LONGEST_LINE) return `in a line of ${longest} characters`
  if ('remedy' in error && !error.remedy) return 'without a remedy'
  return undefined
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer came')), PATIENCE_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function failing(input: Input, what: string, cause?: unknown): Error {
  const start = input.slice(0, 300)
  const told = typeof start === 'string' ? start : Buffer.from(start).toString('latin1')
  const reason = cause instanceof Error ? `\n${cause.stack}` : ''
  return new Error(`${JSON.stringify(told)} (${input.length} long) ${what}${reason}`)
}
