import { cifarSpec } from '../models/presets'
import type { RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { learningRateAt } from '../run/schedule'
import type { TrainingClient } from './client'
import { fakeProfile } from './fake-profile'
import type {
  Command,
  DataStatus,
  DeviceStatus,
  Event,
  Phase,
  SavedFile,
  StepRecords,
} from './protocol'

const TICK_MS = 50
const STEPS_A_TICK = 5
const KERNELS = 24
const SHARD_BYTES = 30_730_000

/** The run that the fake has kept. */
const LAST_RUN: RunConfig = {
  ...FIRST_RUN,
  model: cifarSpec({ version: 'v2', block: 'basic', depth: 20 }),
  train: { ...FIRST_RUN.train, steps: 2000 },
}
const LAST_STEP = 1200
const LAST_SAVED = Date.UTC(2026, 0, 31, 12, 31)

const STEPS_A_SECOND = (STEPS_A_TICK * 1000) / TICK_MS

/** What the fake does at the next tick. */
type Task =
  | { kind: 'rest' }
  | { kind: 'compile'; done: number; steps: number; profiled: boolean }
  | { kind: 'train'; until: number; profiled: boolean }

/**
 * Speaks the whole protocol without a worker or a GPU, for work on the page: curves that look like
 * a net's, the same at every visit. Nothing that it says is measured.
 */
export class FakeClient implements TrainingClient {
  private readonly listeners = new Set<(event: Event) => void>()
  private id = 0
  private run: RunConfig | undefined
  private step = 0
  private compiled = ''
  private task: Task = { kind: 'rest' }
  private shards: number[] = []
  private received: number | undefined

  constructor(private readonly device: DeviceStatus) {
    setTimeout(() => {
      this.tell({ type: 'device', device })
      this.tellData()
      const kept = { run: LAST_RUN, step: LAST_STEP, savedAt: LAST_SAVED }
      this.tell({ type: 'last-run', lastRun: { state: 'offered', ...kept } })
    })
    setInterval(() => this.tick(), TICK_MS)
  }

  subscribe(listener: (event: Event) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  post(command: Command): void {
    switch (command.type) {
      case 'configure':
        this.configure(command.id, command.run)
        break
      case 'train':
        this.begin(Number.POSITIVE_INFINITY)
        break
      case 'step':
        this.begin(1)
        break
      case 'profile':
        this.begin(this.step > 0 ? 1 : 2, true)
        break
      case 'pause':
        this.rest({ phase: 'paused', step: this.step })
        break
      case 'load-data':
        this.received = 0
        break
      case 'cancel-load':
        this.received = undefined
        this.tellData()
        break
      case 'remove-data':
        this.shards = []
        this.tellData()
        break
      case 'save':
        this.save(command.what)
        break
      case 'open':
        this.open(command.id, command.file, command.run)
        break
      case 'resume-last':
        this.restore(command.id, LAST_RUN, LAST_STEP)
        this.withdraw()
        break
      case 'discard-last':
        this.withdraw()
        break
      case 'keep':
        break
      default:
        command satisfies never
    }
  }

  private save(what: SavedFile): void {
    const bytes = new TextEncoder().encode(`${what} of the fake`)
    this.tell({ type: 'file', name: `fake-step-${this.step}.${what}.safetensors`, bytes })
  }

  /** By its name: a checkpoint half-way through the run, weights, or a damaged file. */
  private open(id: number, { name }: File, run: RunConfig): void {
    if (name.endsWith('.checkpoint.safetensors')) {
      this.restore(id, run, Math.floor(run.train.steps / 2))
    } else if (name.endsWith('.weights.safetensors')) {
      this.restore(id, run, 0, name)
    } else {
      const message = 'It is damaged: its checksum does not match its content.'
      this.tell({ type: 'refused', name, message, remedy: 'Open another copy of the file.' })
    }
  }

  private restore(id: number, run: RunConfig, step: number, weightsOf?: string): void {
    const origin = weightsOf === undefined ? {} : { weightsOf }
    const steps = fakeSteps(run, 0, step)
    this.tell({ type: 'restored', id, run, steps, evaluations: [], ...origin })
    this.configure(id, run)
    this.step = step
    if (step > 0) this.rest({ phase: 'paused', step })
  }

  private withdraw(): void {
    this.tell({ type: 'last-run', lastRun: { state: 'none' } })
  }

  private configure(id: number, run: RunConfig): void {
    this.id = id
    this.run = run
    this.step = 0
    const { model, train } = run
    const units = model.units.reduce((sum, count) => sum + count, 0)
    const share = units * model.widths[0]! * train.batchSize * 10_000
    const use = { weights: share, saved: 5 * share, scratch: share, input: share }
    const largest = [{ label: 'layer1.0.conv1', bytes: share }]
    const memory = { bytes: 8 * share, use, largest }
    const cost = { gpuBytes: memory.bytes, dispatches: 20 + 30 * units, memory }
    this.tell({ type: 'planned', id, cost })
    this.rest({ phase: 'idle' })
  }

  private begin(steps: number, profiled = false): void {
    if (!this.run || this.task.kind !== 'rest' || this.device.state !== 'ready') return
    const compiled = this.compiled === JSON.stringify(this.run.model)
    if (compiled) this.train(steps, profiled)
    else this.task = { kind: 'compile', done: 0, steps, profiled }
  }

  private train(steps: number, profiled: boolean): void {
    const until = Math.min(this.step + steps, this.run!.train.steps)
    this.task = { kind: 'train', until, profiled }
    this.phase({ phase: profiled ? 'profiling' : 'training', step: this.step })
  }

  private tick(): void {
    if (this.received !== undefined) this.receive(this.received + 2_000_000)
    if (this.task.kind === 'compile') this.compile(this.task)
    if (this.task.kind === 'train') this.advance(this.task)
  }

  private compile(task: Extract<Task, { kind: 'compile' }>): void {
    task.done++
    this.phase({ phase: 'compiling', done: task.done, total: KERNELS })
    if (task.done < KERNELS) return
    this.compiled = JSON.stringify(this.run!.model)
    this.train(task.steps, task.profiled)
  }

  private advance({ until, profiled }: Extract<Task, { kind: 'train' }>): void {
    const { train, evaluate } = this.run!
    const count = Math.min(STEPS_A_TICK, until - this.step)
    const { id } = this
    this.tell({ type: 'steps', id, steps: fakeSteps(this.run!, this.step, count) })
    const before = this.step
    this.step += count
    const imagesPerSecond = STEPS_A_SECOND * train.batchSize
    const secondsLeft = (train.steps - this.step) / STEPS_A_SECOND
    const progress = { step: this.step, steps: train.steps, imagesPerSecond, secondsLeft }
    this.tell({ type: 'progress', id, progress })
    if (profiled) this.tellProfile()
    const finished = this.step === train.steps
    const due = evaluate && Math.floor(this.step / evaluate.every)
    if (due && (finished || due > Math.floor(before / evaluate.every))) this.evaluate(due)
    if (finished) this.rest({ phase: 'finished', step: this.step })
    else if (this.step === until) this.rest({ phase: 'paused', step: this.step })
  }

  private tellProfile(): void {
    const software = this.device.state === 'ready' && this.device.software
    const timing = software ? 'wall-clock' : 'timestamps'
    const profile = fakeProfile(this.run!, this.step - 1, timing)
    this.tell({ type: 'profile', id: this.id, profile })
  }

  private evaluate(count: number): void {
    const { every, images } = this.run!.evaluate!
    const step = Math.min(count * every, this.run!.train.steps)
    this.phase({ phase: 'evaluating', step, done: images, total: images })
    const loss = 1.04 * fakeLoss(this.run!, step) + 0.03
    const evaluation = { step, loss, accuracy: share(loss), images }
    this.tell({ type: 'evaluation', id: this.id, evaluation })
    this.phase({ phase: 'training', step })
  }

  private receive(bytes: number): void {
    const ready = Math.min(5, Math.floor(bytes / SHARD_BYTES))
    this.shards = Array.from({ length: ready }, (_, i) => i + 1)
    this.received = ready < 5 ? bytes : undefined
    this.tellData()
  }

  private tellData(): void {
    const { shards: ready, received } = this
    const total = 5 * SHARD_BYTES
    const what = `data_batch_${ready.length + 1}.bin`
    const data: DataStatus =
      received !== undefined
        ? { state: 'loading', ready, received, total, what }
        : ready.length > 0
          ? { state: 'ready', ready, persisted: true }
          : { state: 'absent' }
    this.tell({ type: 'data', data })
  }

  private rest(phase: Phase): void {
    this.task = { kind: 'rest' }
    if (phase.phase !== 'idle') {
      const { id, step } = this
      const sha256 = step.toString(16).padStart(64, '0')
      this.tell({ type: 'weights', id, weights: { step, sha256 } })
    }
    this.phase(phase)
  }

  private phase(phase: Phase): void {
    this.tell({ type: 'phase', id: this.id, phase })
  }

  private tell(event: Event): void {
    for (const listener of this.listeners) listener(event)
  }
}

function fakeSteps(run: RunConfig, first: number, count: number): StepRecords {
  const { train } = run
  const steps = Array.from({ length: count }, (_, i) => first + i)
  const loss = Float32Array.from(steps, (step) => fakeLoss(run, step))
  return {
    ...{ first, loss },
    correct: Uint32Array.from(loss, (value) => Math.round(train.batchSize * share(value))),
    learningRate: Float64Array.from(steps, (step) =>
      learningRateAt(train.learningRate, step, train.steps),
    ),
    seconds: Float64Array.from(steps, (step) => (step + 1) / STEPS_A_SECOND),
  }
}

/** Falls from ln 10 to about 0.15, with ripples in place of the noise of batches. */
function fakeLoss({ seed, train }: RunConfig, step: number): number {
  const ripple = 0.09 * Math.sin(1.7 * step + seed) + 0.07 * Math.sin(5.3 * step)
  const fallen = Math.exp((-5 * step) / train.steps)
  return Math.max(0.02, (Math.log(10) - 0.15) * fallen + 0.15 + ripple * (0.3 + fallen))
}

/** The share of right answers that goes with a loss: a tenth at ln 10. */
function share(loss: number): number {
  return Math.min(1, Math.exp(-loss))
}
