import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { readCifarFolder } from '../data/folder'
import type { ImageSource } from '../data/images'
import { Sampler } from '../data/sampler'
import type { Gpu } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import { plan } from '../models/plan'
import type { ModelSpec } from '../models/spec'
import { parseRun } from '../run/config'
import { Meter } from './meter'
import { trainableNetwork } from './network'
import { readSafetensors } from './safetensors'
import { Trainer } from './trainer'

/** Cases that PyTorch computed in float64, each with the tolerance a float32 engine must keep. */
const CASES = resolve(process.env.ORACLE_DIR ?? '../shared/oracle')
const IMAGES = resolve(process.env.CIFAR10_DIR ?? join(CASES, '../data/cifar-10-batches-bin'))

interface ReferenceCase {
  model: ModelSpec
  train: {
    batchSize: number
    steps: number
    lr: number
    momentum: number
    weightDecay: number
    nesterov?: boolean
  }
  expect: {
    loss: number[]
    evalLossFirstBatch: number
    correctStep0: number
    unitOutputRmsStep0: Record<string, number>
    relativeTolerance: {
      loss: number[]
      gradients: Record<string, number>
      final: Record<string, number>
      evalLossFirstBatch: number
      unitOutputRmsStep0: number
    }
  }
}

let gpu: Gpu
let cache: PipelineCache
let images: ImageSource

beforeAll(async () => {
  gpu = await openNodeDevice(process.env.GPU_ADAPTER)
  cache = new PipelineCache(gpu.device)
  images = await readCifarFolder(IMAGES, { train: 10_000, validation: 0 })
})

function tensors(name: string, file: string) {
  return readSafetensors(readFileSync(join(CASES, name, `${file}.safetensors`)))
}

function runOf({ model, train }: ReferenceCase) {
  const { lr, steps, batchSize, momentum, weightDecay, nesterov = false } = train
  return parseRun({
    format: 1,
    seed: 1,
    model,
    data: { name: 'cifar10', train: 10_000, validation: 0, order: 'sequential', augment: 'none' },
    train: {
      ...{ steps, batchSize, momentum, weightDecay, nesterov },
      learningRate: { kind: 'constant', rate: lr },
      precision: 'f32',
    },
  })
}

/** ‖a − b‖ / ‖b‖. */
function distance(a: ArrayLike<number>, b: Float32Array): number {
  let [difference, size] = [0, 0]
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2
    size += b[i]! ** 2
  }
  return Math.sqrt(difference / size)
}

const rms = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

const names = existsSync(CASES) ? readdirSync(CASES) : []

describe.each(names)('%s', (name) => {
  test('has the losses, gradients and tensors that PyTorch has', async () => {
    const one: ReferenceCase = JSON.parse(readFileSync(join(CASES, name, 'case.json'), 'utf8'))
    const { relativeTolerance: tolerance, ...wanted } = one.expect
    const run = runOf(one)
    const { units } = plan(run.model)
    const keep = units.map(({ output }) => output)
    const network = trainableNetwork(run, { keep })
    const trainer = await Trainer.create(gpu, cache, network, new Sampler(images, run))
    for (const [tensor, { data }] of tensors(name, 'init')) trainer.setTensor(tensor, data)

    const meter = await Meter.create(gpu, cache, trainer)
    for (const { name: unit, output } of (await meter.read()).units) {
      const error = Math.abs(output / wanted.unitOutputRmsStep0[unit]! - 1)
      expect(error, `the meter's RMS of ${unit}`).toBeLessThan(tolerance.unitOutputRmsStep0)
    }
    meter.destroy()

    for (const [step, loss] of wanted.loss.entries()) {
      await trainer.trainStep()
      const [record] = await trainer.readSteps()
      expect(Math.abs(record!.loss / loss - 1), `loss of step ${step}`).toBeLessThan(
        tolerance.loss[step]!,
      )
      if (step > 0) continue
      expect(record!.correct).toBe(wanted.correctStep0)
      const gradients = await trainer.readGradients()
      for (const [tensor, { data }] of tensors(name, 'grads-step0')) {
        const error = distance(gradients.get(tensor)!.data, data)
        expect(error, `gradient of ${tensor}`).toBeLessThan(tolerance.gradients[tensor]!)
      }
      for (const unit of units) {
        const size = rms(await trainer.readOutput(unit.output))
        const error = Math.abs(size / wanted.unitOutputRmsStep0[unit.name]! - 1)
        expect(error, `RMS of ${unit.name}`).toBeLessThan(tolerance.unitOutputRmsStep0)
      }
    }

    const final = await trainer.readTensors()
    const expected = tensors(name, 'final')
    expect([...final.keys()].sort()).toEqual([...expected.keys()].sort())
    for (const [tensor, { shape, data }] of expected) {
      expect(final.get(tensor)!.shape, tensor).toEqual(shape)
      const error = distance(final.get(tensor)!.data, data)
      expect(error, `final ${tensor}`).toBeLessThan(tolerance.final[tensor]!)
    }
    const evaluation = await trainer.evaluate(0, run.train.batchSize)
    const error = Math.abs(evaluation!.loss / wanted.evalLossFirstBatch - 1)
    expect(error, 'loss in evaluation').toBeLessThan(tolerance.evalLossFirstBatch)
    trainer.destroy()
  })
})
