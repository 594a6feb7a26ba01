import { expect, test } from 'vitest'
import { DoesNotFit, Program } from '../autograd/program'
import { PipelineCache } from '../gpu/pipelines'
import { FIRST_RUN } from '../run/presets'
import { fitting } from './fit'
import { memorySummary } from './memory-summary'
import { trainableNetwork } from './network'

const withBatch = (batchSize: number) => ({
  ...FIRST_RUN,
  train: { ...FIRST_RUN.train, batchSize },
})
const RUN = withBatch(128)

Object.assign(globalThis, {
  GPUBufferUsage: { STORAGE: 1, UNIFORM: 2, COPY_SRC: 4, COPY_DST: 8 },
})

/** A device that can only allocate: so much in a buffer, so much in all. */
function deviceOf(bufferBytes: number, allBytes = Number.POSITIVE_INFINITY) {
  let [allocated, failed] = [0, false]
  const device = {
    features: new Set(),
    limits: { maxBufferSize: 2 * bufferBytes, maxStorageBufferBindingSize: bufferBytes },
    pushErrorScope() {
      failed = false
    },
    popErrorScope: async () => (failed ? { message: 'out of memory' } : null),
    createBuffer({ size }: GPUBufferDescriptor) {
      allocated += size
      failed ||= allocated > allBytes
      return {
        destroy() {
          allocated -= size
        },
      }
    },
  } as unknown as GPUDevice
  return { device, bytesHeld: () => allocated }
}

async function refusal(device: GPUDevice, run = RUN): Promise<DoesNotFit> {
  const { memory, parts } = trainableNetwork(run)
  const gpu = { device, info: { name: 'fake', vendor: '', software: false, f16: false } }
  const laidOut = fitting(run, device, () =>
    Program.create(gpu, new PipelineCache(device), memory, parts, () => {}),
  )
  const error = await laidOut.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(DoesNotFit)
  return error as DoesNotFit
}

const largestBuffer = (batchSize: number) =>
  Math.max(...trainableNetwork(withBatch(batchSize)).memory.buffers.map(({ bytes }) => bytes))

test('a buffer over the limit is refused with the largest batch whose buffers are not', async () => {
  const { device, bytesHeld } = deviceOf(largestBuffer(101))
  const { message, remedy } = await refusal(device)
  expect(message).toMatch(/^"\S.*" needs \d+ MB in one buffer; this adapter allows \d+ MB\.$/)
  expect(remedy).toBe('A batch size of 101 fits.')
  expect(largestBuffer(102)).toBeGreaterThan(largestBuffer(101))
  expect(bytesHeld()).toBe(0)
})

test('where memory runs out, the refusal names the largest batch that can be allocated', async () => {
  const room = trainableNetwork(withBatch(90)).memory.bytes + 1024
  const { device, bytesHeld } = deviceOf(Number.POSITIVE_INFINITY, room)
  const { message, remedy } = await refusal(device)
  expect(message).toContain('has not the memory')
  expect(remedy).toBe('A batch size of 90 fits.')
  expect(bytesHeld()).toBe(0)
})

test('where not even one image fits, the refusal says so', async () => {
  const { remedy } = await refusal(deviceOf(1024).device)
  expect(remedy).toBe('Not even one image fits: choose a net with fewer units or channels.')
})

test('the summary of a plan adds up, and only what depends on the batch grows with it', () => {
  const [small, large] = [16, 32].map((batchSize) => trainableNetwork(withBatch(batchSize)))
  const [before, after] = [memorySummary(small!), memorySummary(large!)]
  const { weights, saved, scratch, input } = after.use
  expect(weights + saved + scratch + input).toBe(large!.memory.bytes)
  expect(weights).toBe(before.use.weights)
  expect(saved / before.use.saved).toBeGreaterThan(1.5)
  expect(input).toBeGreaterThan(before.use.input)
  // Parameters, gradients and velocities, and room to bind each as a uniform.
  const values = small!.parameters.plans.reduce(
    (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
    0,
  )
  expect(weights).toBeGreaterThan(3 * 4 * values * 0.99)
  expect(after.largest[0]!.bytes).toBe(Math.max(...large!.memory.buffers.map((b) => b.bytes)))
})

test('a precision that the device has not is refused before any memory is asked for', async () => {
  const { device, bytesHeld } = deviceOf(Number.POSITIVE_INFINITY, 0)
  const run = { ...RUN, train: { ...RUN.train, precision: 'f16' as const } }
  const { message, remedy } = await refusal(device, run)
  expect(message).toContain('it has no shader-f16')
  expect(remedy).toContain('Train in f32')
  expect(bytesHeld()).toBe(0)
})
