import { Program } from '../autograd/program'
import type { Batch, Sampler } from '../data/sampler'
import type { AdapterInfo, Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import { type Timing, timingOf } from '../gpu/profile'
import { fromTorch, toTorch } from '../nn/layout'
import { initialValues, type Parameters } from '../nn/parameters'
import { type Adjustment, type Change, withAdjustment } from '../run/adjustment'
import { settingsAt } from '../run/schedule'
import {
  FIRST_LOSS_SCALE,
  type LossScale,
  lossGradients,
  packLossScale,
  unpackLossScale,
} from '../shaders/loss-scale/loss-scale'
import type { Variable } from '../shaders/op'
import { packSettings } from '../shaders/settings'
import { pack, unpack } from '../shaders/tensor'
import type { RunKernels } from '../tuning/table'
import { fitting } from './fit'
import { MetricsRing } from './metrics'
import { type Part, RING_SLOTS, type StepFeeds, type TrainableNetwork } from './network'
import { Pieces } from './pieces'
import { type LaunchProfile, launchCosts, profiled } from './profile'

/** Submits that may wait on the GPU: enough that it never idles, few enough to stop soon. */
export const MAX_IN_FLIGHT = 2

/** Tensors by PyTorch's names, in PyTorch's layouts. */
export type NamedTensors = Map<string, { shape: readonly number[]; data: Float32Array }>

/** What one step gave. */
export interface StepRecord {
  step: number
  /** Mean over the batch. */
  loss: number
  /** Images of the batch classified right. */
  correct: number
  learningRate: number
  /** In f16: the factor on the step's gradients while they were in memory. */
  lossScale?: number
  /** In f16: true where a gradient overflowed, so that the step changed no weight. */
  skipped?: true
}

export interface EvaluationResult {
  /** Mean over the images. */
  loss: number
  accuracy: number
  images: number
}

/** A network on a GPU, trained step by step. Nothing is allocated once it has been created. */
export class Trainer {
  private submitted = 0
  private stepped = false
  private changes: readonly Adjustment[] = []
  private readonly inFlight: Promise<undefined>[] = []
  private readonly metrics: MetricsRing
  private readonly pieces: Pieces

  private constructor(
    private readonly gpu: Gpu,
    readonly network: TrainableNetwork,
    private readonly program: Program<Part>,
    private readonly sampler: Sampler,
  ) {
    this.metrics = new MetricsRing(gpu.device, program.binding(network.feeds.ring), RING_SLOTS)
    // An operation counts as much as a byte: that is near enough to even out the pieces.
    this.pieces = new Pieces(launchCosts(network).map(({ flops, bytes }) => flops + bytes))
  }

  /**
   * Allocates and compiles; the net starts from its seed. Throws `DoesNotFit` with the batch size
   * that fits, where this one does not.
   */
  static async create(
    gpu: Gpu,
    cache: PipelineCache,
    network: TrainableNetwork,
    sampler: Sampler,
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<Trainer> {
    const { run, memory, parts } = network
    const program = await fitting(run, gpu.device, () =>
      Program.create(gpu, cache, memory, parts, onProgress),
    )
    const trainer = new Trainer(gpu, network, program, sampler)
    trainer.reset()
    return trainer
  }

  /** Steps submitted since the start. */
  get step(): number {
    return this.submitted
  }

  get adapter(): AdapterInfo {
    return this.gpu.info
  }

  /** By which kernels it computes, and on which adapter. */
  get kernels(): RunKernels {
    return { adapter: this.gpu.info.name, table: this.network.choices }
  }

  /** Bytes of all GPU buffers of this trainer. */
  get gpuBytes(): number {
    return this.program.bytes + this.metrics.bytes
  }

  /** Back to step 0 and to the seed's first values. */
  reset(): void {
    const { parameters, run } = this.network
    for (const plan of parameters.plans) this.setTensor(plan.name, initialValues(plan, run.seed))
    for (const slab of parameters.velocities.slabs()) {
      this.program.write(slab, new Float32Array(slab.type.shape[0]!))
    }
    this.writeLossScale(FIRST_LOSS_SCALE)
    this.submitted = 0
    this.changes = []
    this.metrics.clear()
  }

  /** Submits the next step; waits only while too many are under way. */
  async trainStep(): Promise<void> {
    while (this.inFlight.length >= MAX_IN_FLIGHT) await this.inFlight.shift()
    await this.submitStep()
    const done = this.gpu.device.queue.onSubmittedWorkDone()
    done.catch(() => {}) // The device was lost: whoever reads the step is told.
    this.inFlight.push(done)
  }

  /** Submits the next step at once: for who counts what is under way, as with several trainers. */
  async submitStep(): Promise<void> {
    await this.nextStep(() => this.program.submit('training', this.pieces.ends))
    const submitted = performance.now()
    const { queue } = this.gpu.device
    queue.onSubmittedWorkDone().then(
      () => this.pieces.took(submitted, performance.now()),
      () => {}, // The device was lost: whoever waits for the step is told.
    )
  }

  /** The figures of all steps since the last call. Waits until the GPU has done them. */
  async readSteps(): Promise<StepRecord[]> {
    this.inFlight.length = 0
    const { train } = this.network.run
    const first = this.submitted - this.metrics.unread
    const records = await this.metrics.read(first)
    return records.map(({ loss, correct, lossScale, skipped }, i) => ({
      step: first + i,
      loss: loss / train.batchSize,
      correct,
      learningRate: settingsAt(train, first + i, this.changes).learningRate,
      ...(train.precision === 'f16' ? { lossScale } : {}),
      ...(skipped ? { skipped } : {}),
    }))
  }

  /** True where the steps since the last read should be read soon. */
  get ringFilling(): boolean {
    return this.metrics.unread >= RING_SLOTS / 2
  }

  /**
   * Mean loss and accuracy with the running estimates on `count` pictures of the data set from
   * `first` on. Returns null where `stopped` became true meanwhile.
   */
  async evaluate(
    first: number,
    count: number,
    onProgress: (done: number) => void = () => {},
    stopped: () => boolean = () => false,
  ): Promise<EvaluationResult | null> {
    if (this.metrics.unread > 0) throw new Error('read the steps before an evaluation')
    const { batchSize } = this.network.run.train
    let [loss, correct, done] = [0, 0, 0]
    while (done < count) {
      // The steps' figures have been read, so the ring's first slots are free.
      for (let slot = 0; slot < MAX_IN_FLIGHT && done < count; slot++) {
        const images = Math.min(batchSize, count - done)
        this.feed(this.sampler.evaluation(first + done, images), slot)
        this.program.submit('evaluation')
        this.metrics.expect(1)
        done += images
      }
      for (const sums of await this.metrics.read(0)) {
        loss += sums.loss
        correct += sums.correct
      }
      onProgress(done)
      if (done < count && stopped()) return null
    }
    return { loss: loss / count, accuracy: correct / count, images: count }
  }

  /** All tensors: parameters and running estimates. */
  async readTensors(): Promise<NamedTensors> {
    const { parameters } = this.network
    return this.readNamed(
      (name) => parameters.get(name),
      () => true,
    )
  }

  /** The gradients of the last step, before weight decay is added. */
  async readGradients(): Promise<NamedTensors> {
    const { parameters } = this.network
    return this.readNamed(
      (name) => parameters.gradient(name),
      (trained) => trained,
    )
  }

  /** The optimiser's velocities, under the parameters' names. */
  async readVelocities(): Promise<NamedTensors> {
    const { parameters } = this.network
    return this.readNamed(
      (name) => parameters.velocity(name),
      (trained) => trained,
    )
  }

  /** The loss scale of the next step; undefined in f32, where there is none. */
  async readLossScale(): Promise<LossScale | undefined> {
    const { lossScale } = this.network
    return lossScale && unpackLossScale(await this.program.read(lossScale.state))
  }

  /** What the next step works on, as it lies on the GPU: pixels, crops and labels. */
  async readBatch(): Promise<ArrayBuffer[]> {
    const { bytes, crops, labels } = this.network.feeds
    this.feed(this.sampler.training(this.submitted), this.submitted)
    return Promise.all([bytes, crops, labels].map((variable) => this.program.read(variable)))
  }

  /** Gives another program what the next step starts from: weights, pictures, labels, settings. */
  lend(
    to: Pick<Program<never>, 'write' | 'binding'>,
    { parameters, feeds }: { parameters: Parameters; feeds: StepFeeds },
  ): void {
    this.feed(this.sampler.training(this.submitted), this.submitted, to, feeds)
    const { device } = this.gpu
    const encoder = device.createCommandEncoder({ label: 'lend' })
    const theirs = parameters.weights.slabs()
    for (const [i, slab] of this.network.parameters.weights.slabs().entries()) {
      const [from, other] = [this.program.binding(slab), to.binding(theirs[i]!)]
      encoder.copyBufferToBuffer(from.buffer, 0, other.buffer, 0, from.buffer.size)
    }
    device.queue.submit([encoder.finish()])
  }

  /** The output of a plan node in the last step, of those that the network keeps. */
  async readOutput(id: string): Promise<Float32Array> {
    const variable = this.network.outputs.get(id)
    if (!variable) throw new Error(`the net has no node "${id}"`)
    return unpack(variable.type, await this.program.read(variable))
  }

  /** Writes one tensor, given in PyTorch's layout. */
  setTensor(name: string, values: Float32Array): void {
    this.write(name, this.network.parameters.get(name), values)
  }

  /** The changes of settings so far. */
  get adjustments(): readonly Adjustment[] {
    return this.changes
  }

  /** Changes settings from the next step that is submitted on. */
  adjust(change: Change): Adjustment {
    const adjustment = { step: this.submitted, ...change }
    this.changes = withAdjustment(this.changes, adjustment)
    return adjustment
  }

  /**
   * Goes on as if `step` steps had led to these tensors, velocities and, in f16, loss scale, with
   * these adjustments on the way.
   */
  resume(
    step: number,
    tensors: NamedTensors,
    velocities: NamedTensors,
    lossScale: LossScale = FIRST_LOSS_SCALE,
    adjustments: readonly Adjustment[] = [],
  ): void {
    const { parameters } = this.network
    for (const { name, trained } of parameters.plans) {
      this.setTensor(name, tensors.get(name)!.data)
      if (trained) this.write(name, parameters.velocity(name), velocities.get(name)!.data)
    }
    this.writeLossScale(lossScale)
    this.submitted = step
    this.changes = adjustments
    this.metrics.clear()
  }

  /** True once a step has been made with what was compiled: the next one shows its usual speed. */
  get warm(): boolean {
    return this.stepped
  }

  /** How `profileStep` takes its times on this device, if not told otherwise. */
  get timing(): Timing {
    return timingOf(this.gpu)
  }

  /** Makes the next step dispatch by dispatch, with the results of `trainStep`, and times each. */
  async profileStep(timing: Timing = this.timing): Promise<LaunchProfile[]> {
    await this.gpu.device.queue.onSubmittedWorkDone()
    const costs = launchCosts(this.network)
    const times = await this.nextStep(() => this.program.profile('training', timing))
    return profiled(costs, times)
  }

  destroy(): void {
    this.program.destroy()
    this.metrics.destroy()
  }

  private writeLossScale(scale: LossScale): void {
    const { feeds, lossScale, run } = this.network
    const { batchSize } = run.train
    this.program.write(feeds.lossGradient, lossGradients(batchSize, lossScale && scale.exponent))
    if (lossScale) this.program.write(lossScale.state, packLossScale(scale))
  }

  private write(name: string, variable: Variable, values: Float32Array): void {
    const shape = this.network.parameters.shape(name)
    this.program.write(variable, pack(variable.type, fromTorch(shape, values)))
  }

  private async readNamed(
    variableOf: (name: string) => Variable,
    included: (trained: boolean) => boolean,
  ): Promise<NamedTensors> {
    const out: NamedTensors = new Map()
    for (const { name, shape, trained } of this.network.parameters.plans) {
      if (!included(trained)) continue
      const variable = variableOf(name)
      const data = toTorch(shape, unpack(variable.type, await this.program.read(variable)))
      out.set(name, { shape, data })
    }
    return out
  }

  /** Feeds the next step, counts it, and runs its launches by `run`. */
  private async nextStep<T>(run: () => T | Promise<T>): Promise<T> {
    if (this.metrics.unread >= RING_SLOTS) throw new Error('the ring of metrics was not read')
    const step = this.submitted
    this.feed(this.sampler.training(step), step)
    // Before it is run: settings that change meanwhile are those of the step after it.
    this.submitted = step + 1
    this.metrics.expect(1)
    const result = await run()
    this.stepped = true
    return result
  }

  private feed(
    { pixels, crops, labels }: Batch,
    step: number,
    program: Pick<Program<never>, 'write'> = this.program,
    feeds: StepFeeds = this.network.feeds,
  ): void {
    const { run } = this.network
    program.write(feeds.bytes, pixels)
    program.write(feeds.crops, crops)
    program.write(feeds.labels, labels)
    const { nesterov } = run.train
    const settings = {
      ...settingsAt(run.train, step, this.changes),
      nesterov,
      step,
      seed: run.seed,
    }
    program.write(feeds.settings, packSettings({ ...settings, slot: step % RING_SLOTS }))
  }
}
