import type { Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import type { ConvShape } from '../shaders/conv2d/choice'
import { kernelsHash } from '../tuning/code'
import { compileAhead, openRig } from '../tuning/rig'
import { subjectsFor } from '../tuning/subjects'
import { parseWinners, type TuningStore, type Winners } from '../tuning/table'
import { trialOf } from '../tuning/trial'
import { describeExcluded, Tuner } from '../tuning/tuner'
import type { ProgressLine } from './progress'

/**
 * The fastest kernels for convolutions of these shapes: those that the store has, and for the rest
 * those that are found now and kept. Takes the time that it needs, unless it is interrupted.
 */
export async function tuned(
  gpu: Gpu,
  cache: PipelineCache,
  shapes: readonly ConvShape[],
  store: TuningStore,
  progress: ProgressLine,
  interrupted: () => boolean,
): Promise<Winners> {
  const context = { platform: store.platform, code: await kernelsHash() }
  const winners = parseWinners(await store.read(gpu.info.name), context)
  const subjects = subjectsFor(gpu.info, shapes, winners)
  if (subjects.length === 0) return winners
  await compileAhead(cache, subjects, (done, total) => progress.compiling(done, total))
  const open = (subject: (typeof subjects)[number]) =>
    openRig(gpu, cache, subject, trialOf(subject.shape, subject.aspect))
  const tuner = new Tuner(subjects, open, winners, Number.POSITIVE_INFINITY)
  for await (const _ of tuner.pieces()) {
    progress.tuning(tuner.decided, subjects.length)
    if (interrupted()) break
  }
  for (const excluded of tuner.excluded) {
    progress.line(`wrong, and not used: ${describeExcluded(excluded)}`)
  }
  await store.write(gpu.info.name, { ...context, winners: tuner.winners })
  return tuner.winners
}
