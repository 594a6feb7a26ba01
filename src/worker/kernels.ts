import type { AdapterInfo } from '../gpu/device'
import type { Errand } from '../train/loop'
import type { TrainableNetwork } from '../train/network'
import type { Trainer } from '../train/trainer'
import { kernelsHash } from '../tuning/code'
import { adapterClass } from '../tuning/defaults'
import { compileAhead, openRig } from '../tuning/rig'
import { type Subject, subjectsFor } from '../tuning/subjects'
import {
  type Choose,
  choiceFor,
  isOutdated,
  measuredOf,
  parseWinners,
  type Start,
  type TuningStore,
  type Winners,
} from '../tuning/table'
import { trialOf } from '../tuning/trial'
import { describeExcluded, type Excluded, Tuner } from '../tuning/tuner'
import { checkOps, NONE_WRONG, type SelfTestStore } from '../tuning/wrong'
import type { Connected } from './connection'
import type { KernelStatus } from './protocol'
import { browserSelfTests, knownWrong } from './tuning-store'

/** Of the GPU's time, for a net. */
const BUDGET_MS = 2000
/** What a step may wait for it. */
const PIECE_MS = 20

/** The work of a tuner, and how to end it before its end. */
export interface Tuning extends Errand {
  stop(): Promise<void>
}

/** Which kernels the worker's runs take, and finds faster ones between the steps of a run. */
export class Kernels {
  private adapter: string | undefined
  private code = ''
  private winners: Winners = {}
  private excluded: readonly Excluded[] = []
  private tuning = false
  /** As the self-test found, on the adapter that was asked for last. */
  private wrong = NONE_WRONG

  constructor(
    private readonly store: TuningStore,
    private readonly selfTests: SelfTestStore = browserSelfTests,
  ) {}

  /**
   * Reads what was found on this adapter before; nothing, where that is damaged or not there. Throws
   * `NoRightKernel` where the self-test found an op to be wrong.
   */
  async load(adapter: AdapterInfo): Promise<void> {
    const { name, software } = adapter
    this.wrong = await knownWrong(adapter, this.selfTests)
    checkOps(adapter, this.wrong)
    if (software || name === this.adapter) return
    const { store } = this
    this.code = await kernelsHash()
    const kept = await store.read(name).catch(() => undefined)
    this.winners = parseWinners(kept, { platform: store.platform, code: this.code })
    this.adapter = name
  }

  /** How a run's convolutions are computed if it starts, or goes on, now. */
  choice(adapter: AdapterInfo, start?: Start): Choose {
    const winners = adapter.name === this.adapter ? this.winners : {}
    return choiceFor(adapter, winners, start, this.wrong)
  }

  /** For the page: the kernels of a run, and what comes of tuning. */
  status(adapter: AdapterInfo, network: TrainableNetwork, start?: Start): KernelStatus {
    const winners = adapter.name === this.adapter ? this.winners : {}
    const current = !isOutdated(network, this.choice(adapter))
    return {
      defaults: adapterClass(adapter),
      shapes: network.convolutions.length,
      tuned: current ? measuredOf(network.convolutions, winners) : 0,
      resumed: !current && (start?.step ?? 0) > 0,
      tuning: this.tuning,
      othersNext: !current,
      excluded: this.excluded.map(describeExcluded),
    }
  }

  /**
   * Tunes for the trainer's net: compiles beside its steps and measures between them. Undefined
   * where there is nothing to find: on software adapters one compilation outlasts the budget.
   */
  tune({ gpu, cache }: Connected, trainer: Trainer, onChange: () => void): Tuning | undefined {
    if (gpu.info.software) return undefined
    const subjects = subjectsFor(gpu.info, trainer.network.convolutions, this.winners, this.wrong)
    if (subjects.length === 0) return undefined
    const open = (subject: Subject) =>
      openRig(gpu, cache, subject, trialOf(subject.shape, subject.aspect))
    const tuner = new Tuner(subjects, open, this.winners, BUDGET_MS)
    const pieces = tuner.pieces()
    let state: 'compiling' | 'measuring' | 'ended' = 'compiling'
    let [measuredAt, decided] = [trainer.step, 0]
    this.tuning = true
    compileAhead(cache, subjects).then(() => {
      if (state === 'compiling') state = 'measuring'
    })
    const keep = async () => {
      if (tuner.decided === decided) return
      decided = tuner.decided
      this.winners = { ...this.winners, ...tuner.winners }
      this.excluded = tuner.excluded
      const { store, code, winners } = this
      // Where the browser keeps nothing, they hold until the page is left.
      await store.write(gpu.info.name, { platform: store.platform, code, winners }).catch(() => {})
    }
    const end = async () => {
      if (state === 'ended') return
      state = 'ended'
      this.tuning = false
      await pieces.return()
      await keep()
      onChange()
    }
    return {
      due: () => state === 'measuring' && trainer.step !== measuredAt,
      async run() {
        measuredAt = trainer.step
        const until = performance.now() + PIECE_MS
        let done: boolean | undefined = false
        try {
          while (!done && performance.now() < until) done = (await pieces.next()).done
          await keep()
        } catch (error) {
          // The defaults train on; where the device was lost, the next step tells.
          console.warn('tuning ended:', error)
          done = true
        }
        if (done) await end()
      },
      stop: end,
    }
  }
}
