import { cifarSpec } from '../models/presets'
import { type Adjustment, withAdjustment } from '../run/adjustment'
import type { RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import type { TrainingClient } from './client'
import { fakeCost, fakeEvaluation, fakeSteps } from './fake-figures'
import { fakeReading, METER_BYTES } from './fake-meter'
import { fakeProfile } from './fake-profile'
import { FakeRace } from './fake-race'
import { fakeSlowStep } from './fake-slow-step'
import type {
  Command,
  DataStatus,
  DeviceStatus,
  Event,
  Phase,
  RestoredRun,
  RunCommand,
  SavedFile,
} from './protocol'
import { isRaceCommand, isRaceEvent, type RaceCommand } from './race-protocol'

const TICK_MS = 50
const STEPS_A_TICK = 5
const KERNELS = 24
const SHARD_BYTES = 30_730_000

/** The run that the fake gives for any that is resumed. */
const KEPT_RUN: RunConfig = {
  ...FIRST_RUN,
  model: cifarSpec({ version: 'v2', block: 'basic', depth: 20 }),
  train: { ...FIRST_RUN.train, steps: 2000 },
}
const KEPT_STEP = 1200
const KEPT_BYTES = 2_000_000
const KEPT_AT = Date.UTC(2026, 0, 31, 12, 31)

const STEP_MS = TICK_MS / STEPS_A_TICK
const STEPS_A_SECOND = 1000 / STEP_MS

/** What the page calls a run, and its settings. */
interface Configured {
  id: number
  key: string
  run: RunConfig
}

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
  private key = ''
  private run: RunConfig | undefined
  private adjustments: readonly Adjustment[] = []
  private step = 0
  /** Steps from one reading of the meter to the next; undefined: it is off. */
  private every: number | null | undefined
  private compiled = ''
  private task: Task = { kind: 'rest' }
  private shards: number[] = []
  private received: number | undefined
  private readonly race: FakeRace
  private readonly lesson: FakeRace

  constructor(private readonly device: DeviceStatus) {
    setTimeout(() => {
      this.tell({ type: 'device', device })
      this.tellData()
    })
    this.race = new FakeRace((event) => this.tell(event))
    this.lesson = new FakeRace((event) => {
      if (isRaceEvent(event)) this.tell({ type: 'lesson', event })
    })
    setInterval(() => this.tick(), TICK_MS)
  }

  subscribe(listener: (event: Event) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Whichever is told to train has the fake's GPU; the other one pauses. */
  post(command: Command): void {
    if (command.type === 'lesson') this.postRace(command.command, this.lesson)
    else if (isRaceCommand(command)) this.postRace(command, this.race)
    else this.execute(command)
  }

  private postRace(command: RaceCommand, race: FakeRace): void {
    const begins = command.type === 'race-train' || command.type === 'race-step'
    if (begins && this.device.state !== 'ready') return
    if (begins && this.task.kind !== 'rest') this.execute({ type: 'pause' })
    if (begins) (race === this.race ? this.lesson : this.race).pause()
    race.post(command)
  }

  private execute(command: RunCommand): void {
    switch (command.type) {
      case 'configure':
        this.configure(command)
        break
      case 'train':
        this.begin(Number.POSITIVE_INFINITY)
        break
      case 'step':
        this.begin(1)
        break
      case 'slow-step':
        this.begin(1)
        if (this.run) this.tellSlowStep(this.run)
        break
      case 'adjust': {
        const adjustment = { step: this.step, ...command.change }
        this.adjustments = withAdjustment(this.adjustments, adjustment)
        this.tell({ type: 'adjusted', id: this.id, adjustment })
        break
      }
      case 'meter':
        this.every = command.every ?? undefined
        this.tellMeter()
        break
      case 'read-meter':
        this.every ??= null
        this.tellMeter()
        this.read(this.step)
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
        this.open(command, command.file)
        break
      case 'resume':
        this.restore({ ...command, run: KEPT_RUN }, KEPT_STEP)
        break
      case 'fork':
        this.restore(command, 0, { weightsOf: command.name, fromSeed: ['fc.weight', 'fc.bias'] })
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
  private open(configured: Configured, { name }: File): void {
    if (name.endsWith('.checkpoint.safetensors')) {
      this.restore(configured, Math.floor(configured.run.train.steps / 2))
    } else if (name.endsWith('.weights.safetensors')) {
      this.restore(configured, 0, { weightsOf: name })
    } else {
      const message = 'It is damaged: its checksum does not match its content.'
      this.tell({ type: 'refused', name, message, remedy: 'Open another copy of the file.' })
    }
  }

  private restore(
    { id, key, run }: Configured,
    step: number,
    origin: Pick<RestoredRun, 'weightsOf' | 'fromSeed'> = {},
  ): void {
    const steps = fakeSteps({ run, stepMs: STEP_MS }, 0, step)
    this.tell({ type: 'restored', id, key, run, steps, evaluations: [], ...origin })
    this.configure({ id, key, run })
    this.step = step
    if (step > 0) this.rest({ phase: 'paused', step })
  }

  private configure({ id, key, run }: Configured): void {
    this.id = id
    this.key = key
    this.run = run
    this.adjustments = []
    this.step = 0
    this.every = undefined
    this.tell({ type: 'planned', id, cost: fakeCost(run) })
    this.rest({ phase: 'idle' })
  }

  private begin(steps: number, profiled = false): void {
    if (!this.run || this.task.kind !== 'rest' || this.device.state !== 'ready') return
    this.race.pause()
    this.lesson.pause()
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
    this.race.tick(TICK_MS)
    this.lesson.tick(TICK_MS)
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
    const net = { run: this.run!, stepMs: STEP_MS, adjustments: this.adjustments }
    this.tell({ type: 'steps', id, steps: fakeSteps(net, this.step, count) })
    for (let step = this.step; step < this.step + count; step++) {
      if (this.every && step % this.every === 0) this.read(step)
    }
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

  private tellSlowStep(run: RunConfig): void {
    const classes = Array.from({ length: run.model.classes }, (_, i) => `class ${i}`)
    this.tell({ type: 'slow-step', id: this.id, slow: fakeSlowStep(run, this.step), classes })
  }

  private tellProfile(): void {
    const software = this.device.state === 'ready' && this.device.software
    const timing = software ? 'wall-clock' : 'timestamps'
    const profile = fakeProfile(this.run!, this.step - 1, timing)
    this.tell({ type: 'profile', id: this.id, profile })
  }

  private tellMeter(): void {
    const { id, every } = this
    const off = every === undefined
    const status = off
      ? { state: 'off' as const }
      : { state: 'on' as const, every, bytes: METER_BYTES }
    this.tell({ type: 'meter-status', id, status })
  }

  private read(step: number): void {
    const reading = fakeReading({ run: this.run!, stepMs: STEP_MS }, step)
    this.tell({ type: 'meter', id: this.id, reading })
  }

  private evaluate(count: number): void {
    const { every, images } = this.run!.evaluate!
    const step = Math.min(count * every, this.run!.train.steps)
    this.phase({ phase: 'evaluating', step, done: images, total: images })
    const evaluation = fakeEvaluation({ run: this.run!, stepMs: STEP_MS }, step)
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
      const checkpoint = { step, bytes: KEPT_BYTES, savedAt: KEPT_AT }
      this.tell({ type: 'kept', key: this.key, checkpoint })
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
