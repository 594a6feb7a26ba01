import { cifarSpec, VERSIONS } from '../models/presets'
import { type ComparisonConfig, comparisonOf, laneRun } from '../run/comparison'
import { FIRST_RUN } from '../run/presets'
import { divergesAt, type FakeNet, fakeCost, fakeEvaluation, fakeSteps } from './fake-figures'
import { fakeReading, METER_BYTES } from './fake-meter'
import type { Event } from './protocol'
import type { LaneOfRace, LaneState, RaceCommand, RacePhase } from './race-protocol'

const KERNELS = 12

/** The race that the fake has kept. */
const LAST_RACE: ComparisonConfig = {
  ...comparisonOf(FIRST_RUN),
  lanes: VERSIONS.map((version) => ({
    name: version,
    model: cifarSpec({ version, block: 'bottleneck', depth: 11 }),
  })),
  seeds: 2,
}
const LAST_KEY = 'fa'.repeat(12)
const LAST_STEP = 240
const LAST_SAVED = Date.UTC(2026, 0, 31, 12, 31)

interface FakeLane {
  net: FakeNet
  step: number
  state: LaneState
}

/** The races of the fake worker: lanes of made-up nets, a seed after another. */
export class FakeRace {
  private race = 0
  private comparison: ComparisonConfig | undefined
  private seedIndex = 0
  private lanes: FakeLane[] = []
  private task: 'rest' | 'compile' | 'train' = 'rest'
  /** Steps that a lane may make before it rests. */
  private target = 0
  private compiled = 0
  /** Steps from one reading of the meter to the next; undefined: it is off. */
  private every: number | null | undefined

  constructor(private readonly tell: (event: Event) => void) {
    setTimeout(() => {
      const kept = { comparison: LAST_RACE, seedIndex: 0, step: LAST_STEP, savedAt: LAST_SAVED }
      tell({ type: 'last-race', lastRace: { state: 'offered', ...kept } })
    })
  }

  post(command: RaceCommand): void {
    switch (command.type) {
      case 'race-configure':
        this.configure(command.race, command.comparison)
        break
      case 'race-train':
        this.begin(Number.POSITIVE_INFINITY)
        break
      case 'race-step':
        this.begin(command.steps)
        break
      case 'race-pause':
        this.pause()
        break
      case 'race-meter':
        this.every = command.every ?? undefined
        this.tellMeter()
        break
      case 'race-read-meter':
        this.every ??= null
        this.tellMeter()
        for (const [i, { state, step }] of this.lanes.entries())
          if (!ended(state)) this.read(i, step)
        break
      case 'race-resume-last':
        this.restore(command.race)
        break
      case 'race-discard-last':
        this.tell({ type: 'last-race', lastRace: { state: 'none' } })
        break
      default:
        command satisfies never
    }
  }

  pause(): void {
    if (this.task !== 'rest') this.rest({ phase: 'paused', seedIndex: this.seedIndex })
  }

  tick(ms: number): void {
    if (this.task === 'compile') this.compile()
    else if (this.task === 'train') this.advance(ms)
  }

  private configure(race: number, comparison: ComparisonConfig): void {
    Object.assign(this, { race, comparison, compiled: 0, every: undefined })
    const lanes = comparison.lanes.map((_, i) => fakeCost(laneRun(comparison, i, 0)))
    this.tell({ type: 'race-planned', race, lanes })
    this.turnTo(0)
    this.rest({ phase: 'idle' })
  }

  /** Puts all lanes at their start with a seed. */
  private turnTo(seedIndex: number): void {
    this.seedIndex = seedIndex
    this.lanes = this.comparison!.lanes.map(({ model: { units, block } }, i) => {
      const layers = units.reduce((sum, count) => sum + count, 0) * (block === 'basic' ? 2 : 3)
      const run = laneRun(this.comparison!, i, seedIndex)
      return {
        net: { run, stepMs: layers, handicap: 0.1 * i },
        step: 0,
        state: { state: 'waiting' },
      }
    })
  }

  private tellStart(): void {
    const { race, seedIndex } = this
    const batches = this.lanes.map(() => seedIndex.toString(16).padStart(64, 'f'))
    const shared = { sharedTensors: 12, sharedValues: 4096, unequal: [] }
    this.tell({ type: 'race-start', race, start: { seedIndex, batches, ...shared } })
  }

  private begin(steps: number): void {
    if (!this.comparison || this.task !== 'rest' || this.seedIndex >= this.comparison.seeds) return
    this.target = Math.max(...this.lanes.map(({ step }) => step)) + steps
    if (this.compiled < this.lanes.length) this.task = 'compile'
    else this.train()
  }

  private compile(): void {
    const lane = this.compiled++
    this.phase({ phase: 'compiling', lane, done: KERNELS, total: KERNELS })
    if (this.compiled === this.lanes.length) this.train()
  }

  private train(): void {
    this.task = 'train'
    if (this.lanes.every(({ step }) => step === 0)) this.tellStart()
    this.phase({ phase: 'training', seedIndex: this.seedIndex })
  }

  private advance(ms: number): void {
    const running = this.lanes.filter(({ state }) => !ended(state))
    const slowest = Math.max(...running.map(({ net }) => net.stepMs))
    for (const [i, lane] of this.lanes.entries()) {
      const stepMs = this.comparison!.until.kind === 'time' ? lane.net.stepMs : slowest
      const count = Math.ceil(ms / stepMs)
      if (!ended(lane.state)) this.move(i, lane, Math.min(count, this.target - lane.step))
    }
    this.tellProgress()
    if (this.lanes.every(({ state }) => ended(state))) this.nextSeed()
    else if (running.every(({ step, state }) => ended(state) || step >= this.target)) this.pause()
  }

  private move(i: number, lane: FakeLane, steps: number): void {
    const { until } = this.comparison!
    const { net, step } = lane
    const { train, evaluate } = net.run
    const limit =
      until.kind === 'time' ? Math.ceil((1000 * until.seconds) / net.stepMs) : train.steps
    const last = Math.min(limit, train.steps, divergesAt(train) + 1)
    const count = Math.min(steps, last - step)
    if (step === 0) this.state(i, { state: 'training' })
    this.tell({ type: 'race-steps', ...this.place(i), steps: fakeSteps(net, step, count) })
    for (let at = step; at < step + count; at++)
      if (this.every && at % this.every === 0) this.read(i, at)
    lane.step += count
    const due = evaluate && Math.floor(lane.step / evaluate.every) * evaluate.every
    if (due && due > step) this.evaluate(i, due)
    const { gpuBytes } = fakeCost(net.run)
    const speed = { stepMs: net.stepMs, imagesPerSecond: (1000 * train.batchSize) / net.stepMs }
    this.tell({ type: 'race-speed', race: this.race, lane: i, speed: { ...speed, gpuBytes } })
    if (lane.step > divergesAt(train)) {
      const message = `The loss at step ${lane.step - 1} is not a finite number any more: the training diverged.`
      this.state(i, { state: 'diverged', step: lane.step - 1, message })
    } else if (lane.step === last) {
      if (evaluate && due !== lane.step) this.evaluate(i, lane.step)
      this.state(i, { state: 'finished', step: lane.step })
    }
  }

  private tellMeter(): void {
    const { race, every } = this
    const off = every === undefined
    const status = off
      ? { state: 'off' as const }
      : { state: 'on' as const, every, bytes: METER_BYTES }
    for (const lane of this.lanes.keys())
      this.tell({ type: 'race-meter-status', race, lane, status })
  }

  private read(i: number, step: number): void {
    const reading = fakeReading(this.lanes[i]!.net, step)
    this.tell({ type: 'race-meter', ...this.place(i), reading })
  }

  private evaluate(i: number, step: number): void {
    const evaluation = fakeEvaluation(this.lanes[i]!.net, step)
    this.tell({ type: 'race-evaluation', ...this.place(i), evaluation })
  }

  private nextSeed(): void {
    this.tellWeights()
    if (this.seedIndex + 1 === this.comparison!.seeds) {
      this.task = 'rest'
      this.seedIndex++
      this.phase({ phase: 'finished' })
    } else {
      this.turnTo(this.seedIndex + 1)
      this.train()
    }
  }

  private restore(race: number): void {
    this.tell({ type: 'race-restored', race, key: LAST_KEY, comparison: LAST_RACE })
    this.configure(race, LAST_RACE)
    this.tellStart()
    for (const [i, lane] of this.lanes.entries()) this.move(i, lane, LAST_STEP)
    this.tell({ type: 'last-race', lastRace: { state: 'none' } })
    this.rest({ phase: 'paused', seedIndex: 0 })
  }

  private tellProgress(): void {
    const { seeds, train } = this.comparison!
    const done = this.lanes.map(({ step, state }) => (ended(state) ? 1 : step / train.steps))
    const mean = done.reduce((sum, share) => sum + share, 0) / done.length
    const share = (this.seedIndex + mean) / seeds
    const secondsLeft = (1 - share) * seeds * 30
    this.tell({ type: 'race-progress', race: this.race, progress: { share, secondsLeft } })
  }

  private rest(phase: RacePhase): void {
    this.task = 'rest'
    if (phase.phase !== 'idle') this.tellWeights()
    this.phase(phase)
  }

  private tellWeights(): void {
    for (const [i, { step }] of this.lanes.entries()) {
      const weights = { step, sha256: (1000 * i + step).toString(16).padStart(64, '0') }
      this.tell({ type: 'race-weights', ...this.place(i), weights })
    }
  }

  private state(i: number, state: LaneState): void {
    this.lanes[i]!.state = state
    this.tell({ type: 'race-lane', ...this.place(i), state })
  }

  private place(lane: number): LaneOfRace {
    return { race: this.race, lane, seedIndex: this.seedIndex }
  }

  private phase(phase: RacePhase): void {
    this.tell({ type: 'race-phase', race: this.race, phase })
  }
}

function ended({ state }: LaneState): boolean {
  return state !== 'waiting' && state !== 'training'
}
