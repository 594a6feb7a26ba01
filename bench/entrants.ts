import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ContenderName } from './arguments'
import type { Role, StepReport, Task } from './child'
import { Answering } from './process'

type Environment = Record<string, string>

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Starts a child of this project on the task's adapter. */
export function startChild(role: Role, task: Task, env: Environment = {}): Answering {
  const args = [file('../scripts/run-ts.mjs'), file('child.ts'), role, JSON.stringify(task)]
  return Answering.start(process.execPath, args, env)
}

/** Starts PyTorch on the CPU, with the workload in the folder. */
export function startPyTorch(python: string, folder: string): Answering {
  return Answering.start(python, [file('pytorch.py'), folder], {})
}

/** One who makes the step, in a process of its own, with all that it has reported. */
export class Entrant {
  /** From the first step on. */
  readonly reports: StepReport[] = []
  /** Of the steps that count. */
  readonly stepMs: number[] = []
  readonly oursMs: number[] = []
  title: string
  /** Why it is not running. */
  failure: string | undefined
  firstStepWarmMs: number | undefined
  private process: Answering | undefined
  private readonly folder = mkdtempSync(join(tmpdir(), 'bench-'))

  /** `start` is given a folder of the entrant's own, and where drivers shall keep what they compiled. */
  constructor(
    readonly name: ContenderName,
    private readonly start: (env: Environment, folder: string) => Answering,
  ) {
    this.title = name
  }

  /** Opens its device and makes its first step, which builds and compiles. */
  async open(): Promise<void> {
    await this.attempt(async () => {
      this.process = this.launch()
      this.title = await this.process.ask('title')
    })
    await this.step()
  }

  /**
   * Makes one more step, unless it has failed, and says how long it took. Where it counts, it is
   * kept with the time of our own step before it.
   */
  async step(counts = false, oursMs = Number.NaN): Promise<number | undefined> {
    if (this.failure !== undefined) return undefined
    let took: number | undefined
    await this.attempt(async () => {
      const report: StepReport = await this.process!.ask('step')
      this.reports.push(report)
      took = report.milliseconds
      if (!counts) return
      this.stepMs.push(took)
      this.oursMs.push(oursMs)
    })
    return took
  }

  /** A figure that it may not have. */
  async figure(method: 'forward' | 'encode'): Promise<number> {
    return this.process!.ask(method)
  }

  /** The first step of a new process that finds the shaders compiled. */
  async openAgain(): Promise<void> {
    const again = this.launch()
    await this.attempt(async () => {
      await again.ask('title')
      const { milliseconds }: StepReport = await again.ask('step')
      this.firstStepWarmMs = milliseconds
    })
    await again.stop()
  }

  async stop(): Promise<void> {
    await this.process?.stop()
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** A folder that is empty at first makes the first start a cold one. */
  private launch(): Answering {
    return this.start({ MESA_SHADER_CACHE_DIR: this.folder }, this.folder)
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.failure = (error as Error).message
    }
  }
}
