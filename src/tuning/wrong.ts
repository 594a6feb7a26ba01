import * as v from 'valibot'
import type { AdapterInfo } from '../gpu/device'
import {
  CONV_KERNELS,
  type ConvChoice,
  type ConvShape,
  FILTER_GRADIENT_QUADS,
  kernelFor,
} from '../shaders/conv2d/choice'
import { GPU_CHOICE } from './defaults'
import type { Aspect, Candidate } from './trial'

const { filterGradientThreads: THREADS } = GPU_CHOICE

/** All values of each aspect. */
export const CANDIDATES: Record<Aspect, readonly Candidate[]> = {
  forward: CONV_KERNELS,
  dataGradient: CONV_KERNELS,
  filterGradientThreads: [THREADS / 4, THREADS, 4 * THREADS],
  filterGradientQuads: FILTER_GRADIENT_QUADS,
}

/** What the self-test found to be wrong on an adapter. */
export interface Wrong {
  /** Of the kernels that there is a choice of. */
  candidates: Readonly<Partial<Record<Aspect, readonly Candidate[]>>>
  /** Ops of which there is one kernel only, by name. */
  ops: readonly string[]
}

export const NONE_WRONG: Wrong = { candidates: {}, ops: [] }

/** No run can be right on this adapter. */
export class NoRightKernel extends Error {
  override name = 'NoRightKernel'
  readonly remedy =
    'Update the graphics driver or the browser, and run the self-test again; or use another adapter.'

  constructor({ name }: AdapterInfo, what: string) {
    super(`The self-test found that ${name} computes ${what} wrongly: it would train to nonsense.`)
  }
}

/** Throws where an op is wrong that there is no other kernel of. */
export function checkOps(adapter: AdapterInfo, { ops }: Wrong): void {
  if (ops.length > 0) throw new NoRightKernel(adapter, ops.join(', '))
}

export function isRight(
  { candidates }: Wrong,
  shape: Omit<ConvShape, 'element'>,
  aspect: Aspect,
  candidate: Candidate,
): boolean {
  const taken = typeof candidate === 'string' ? kernelFor(candidate, shape) : candidate
  const wrong = candidates[aspect] ?? []
  return !wrong.includes(taken) && !wrong.includes(candidate)
}

/** A choice with right kernels in the place of wrong ones; throws `NoRightKernel` where there are none. */
export function rightChoice(
  adapter: AdapterInfo,
  shape: ConvShape,
  choice: ConvChoice,
  wrong: Wrong,
): ConvChoice {
  const aspects = Object.keys(wrong.candidates) as Aspect[]
  const changes = aspects.map((aspect) => {
    const right = [choice[aspect], ...CANDIDATES[aspect]].find((one) =>
      isRight(wrong, shape, aspect, one),
    )
    if (right === undefined) throw new NoRightKernel(adapter, `convolutions (${aspect})`)
    return [aspect, right]
  })
  return { ...choice, ...Object.fromEntries(changes) }
}

/** What is kept of a self-test: it says nothing of another browser. */
export interface KeptWrong extends Wrong {
  platform: string
}

/** Keeps what self-tests found, an entry an adapter; what it returns may be damaged. */
export interface SelfTestStore {
  /** The browser: another one may compile the same kernels rightly. */
  readonly platform: string
  read(adapter: string): Promise<unknown>
  write(adapter: string, kept: KeptWrong): Promise<void>
}

const keptSchema = v.object({
  platform: v.string(),
  candidates: v.object({
    forward: v.exactOptional(v.array(v.picklist(CONV_KERNELS))),
    dataGradient: v.exactOptional(v.array(v.picklist(CONV_KERNELS))),
    filterGradientThreads: v.exactOptional(v.array(v.pipe(v.number(), v.safeInteger()))),
    filterGradientQuads: v.exactOptional(v.array(v.picklist(FILTER_GRADIENT_QUADS))),
  }),
  ops: v.array(v.string()),
})

/** What a self-test on this platform found; nothing where what was kept is damaged or of another. */
export function parseWrong(kept: unknown, platform: string): Wrong {
  const { success, output } = v.safeParse(keptSchema, kept)
  if (!success || output.platform !== platform) return NONE_WRONG
  const { candidates, ops } = output
  return { candidates, ops }
}
