import { expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { parseRun } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { type ConvShape, FIXED_CHOICE, shapeKey } from '../shaders/conv2d/choice'
import { choiceFor } from '../tuning/table'
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint'
import { fingerprint } from './fingerprint'
import { Logbook } from './logbook'
import { TrainingLoop } from './loop'
import type { NetworkOptions } from './network'
import type { Trainer } from './trainer'

const adapter = onAdapter()

const { evaluate: _, ...settings } = FIRST_RUN
const RUN = parseRun({
  ...settings,
  model: { ...FIRST_RUN.model, units: [1, 1], widths: [8, 20], stemWidth: 8 },
  data: { ...FIRST_RUN.data, train: 40 },
  train: { ...FIRST_RUN.train, steps: 6, batchSize: 4 },
})

/** As a tuner could have found it: nowhere what is taken without one. */
function mixed({ w }: ConvShape) {
  const wide = w[3]! > 8
  return {
    forward: wide ? ('tiled-wide' as const) : ('tiled' as const),
    dataGradient: 'tiled' as const,
    filterGradientThreads: wide ? 512 : 8192,
    filterGradientQuads: 1 as const,
  }
}

async function begin(options: NetworkOptions) {
  const trainer = await adapter.trainer(RUN, options)
  const logbook = new Logbook(trainer)
  return { trainer, logbook }
}

async function trainTo(step: number, trainer: Trainer, logbook: Logbook): Promise<string> {
  const listener = {
    steps: (records: Parameters<Logbook['steps']>[0]) => logbook.steps(records),
    evaluating() {},
    evaluation() {},
  }
  await new TrainingLoop(trainer, listener, logbook).run(() => trainer.step >= step)
  return fingerprint(await trainer.readTensors())
}

test('a run resumed with the table of its checkpoint ends to the bit as one never stopped', async () => {
  const { info } = adapter.gpu
  const whole = await begin({ choose: mixed })
  const expected = await trainTo(6, whole.trainer, whole.logbook)

  const first = await begin({ choose: mixed })
  await trainTo(3, first.trainer, first.logbook)
  const checkpoint = await decodeCheckpoint(
    await encodeCheckpoint(await first.logbook.checkpoint()),
  )
  expect(checkpoint.kernels!.table).toEqual(
    Object.fromEntries(first.trainer.network.convolutions.map((s) => [shapeKey(s), mixed(s)])),
  )
  const resumed = await begin({ choose: choiceFor(info, {}, checkpoint) })
  resumed.logbook.restore(checkpoint)
  expect(await trainTo(6, resumed.trainer, resumed.logbook)).toBe(expected)

  // The fixed choice rounds otherwise, so the table matters.
  const other = await begin({ choose: () => FIXED_CHOICE })
  other.logbook.restore(checkpoint)
  expect(await trainTo(6, other.trainer, other.logbook)).not.toBe(expected)
  for (const { trainer } of [whole, first, resumed, other]) trainer.destroy()
})
