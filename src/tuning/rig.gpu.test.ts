import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchBuffers } from '../../test/watched-buffers'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import type { ConvShape } from '../shaders/conv2d/choice'
import { openRig } from './rig'
import { type Subject, subjectsFor } from './subjects'
import { type Trial, trialOf } from './trial'

let gpu: Gpu
let cache: PipelineCache
let endPacing: () => void

beforeAll(async () => {
  gpu = await openNodeDevice(process.env.GPU_ADAPTER)
  cache = new PipelineCache(gpu.device)
  endPacing = paceEventLoop()
})
afterAll(() => endPacing())

const SHAPE: ConvShape = {
  ...{ element: 'f32', x: [16, 9, 10, 20], w: [3, 3, 20, 36], stride: 1, padding: 1 },
}
const STRIDED: ConvShape = { ...SHAPE, x: [3, 8, 8, 10], w: [3, 3, 10, 6], stride: 2 }

/** Rows of whole tiles. */
const WHOLE: ConvShape = { ...SHAPE, x: [2, 5, 16, 12], w: [3, 3, 12, 8] }

const subjects = () => subjectsFor(gpu.info, [SHAPE, STRIDED, WHOLE], {})

function open(subject: Subject, trial: Trial = trialOf(subject.shape, subject.aspect)) {
  return openRig(gpu, cache, subject, trial)
}

test('every candidate gives what the default gives, and takes some time', async () => {
  expect(subjects().map(({ candidates }) => candidates.length)).toEqual([
    3, 3, 2, 2, 4, 4, 2, 3, 3, 2,
  ])
  for (const subject of subjects()) {
    const rig = await open(subject)
    for (const candidate of subject.candidates) {
      const about = `${subject.shape.x} ${subject.aspect} ${candidate}`
      expect(await rig.fault(candidate), about).toBeUndefined()
      expect(await rig.time(candidate, 3), about).toBeGreaterThan(0)
    }
    rig.destroy()
  }
})

/** The trial with the code of its `tiled` convolution changed. */
function sabotaged({ shape, aspect }: Subject, change: (code: string) => string): Trial {
  const trial = trialOf(shape, aspect)
  return {
    ...trial,
    launches: (candidate) =>
      trial.launches(candidate).map((launch) => {
        if (candidate !== 'tiled' || !launch.kernel.label.startsWith('conv2d')) return launch
        const code = change(launch.kernel.code)
        expect(code).not.toBe(launch.kernel.code)
        return { ...launch, kernel: { ...launch.kernel, code } }
      }),
  }
}

test.each([
  ['a tap that is not moved on', /offset\.x \+= direction\(\)/, 'offset.x += 0', 'is off by'],
  ['elements left out', /finish\(left, right, place, quad\);/, '', 'left out'],
  ['code that does not compile', /var offset/, 'var var offset', 'does not compile'],
])('%s excludes a candidate, and no other', async (_, from, to, reason) => {
  const subject = subjects()[0]!
  const rig = await open(
    subject,
    sabotaged(subject, (code) => code.replace(from, to)),
  )
  expect(await rig.fault('tiled')).toContain(reason)
  expect(await rig.fault('tiled-wide')).toBeUndefined()
  rig.destroy()
})

test('a rig that cannot be opened leaves nothing on the GPU', async () => {
  const { device } = gpu
  const { createCommandEncoder } = device
  const buffers = watchBuffers(device)
  device.createCommandEncoder = () => {
    throw new Error('no encoder')
  }
  try {
    await expect(open(subjects()[0]!)).rejects.toThrow('no encoder')
    expect(buffers.live.size).toBe(0)
  } finally {
    device.createCommandEncoder = createCommandEncoder
    buffers.end()
  }
})
