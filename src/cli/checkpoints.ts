import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { decodeCheckpoint, encodeCheckpoint, obstacles } from '../train/checkpoint'
import type { EvaluationResult, StepRecord, Trainer } from '../train/trainer'

/** Follows a run and writes its checkpoints; a file is whole or the one before, never half. */
export class CheckpointKeeper {
  private readonly losses: number[] = []
  private readonly corrects: number[] = []
  private readonly evaluations: (EvaluationResult & { step: number })[] = []

  constructor(
    private readonly trainer: Trainer,
    private readonly file: string | undefined,
  ) {}

  /** The step of the last evaluation, or −1. */
  get evaluatedAt(): number {
    return this.evaluations.at(-1)?.step ?? -1
  }

  steps(records: readonly StepRecord[]): void {
    for (const { loss, correct } of records) {
      this.losses.push(loss)
      this.corrects.push(correct)
    }
  }

  evaluation(evaluation: EvaluationResult & { step: number }): void {
    this.evaluations.push(evaluation)
  }

  /** Puts the trainer where the checkpoint's run was; throws where it is another run's. */
  async resume(name: string, bytes: Uint8Array): Promise<void> {
    const { run, parameters } = this.trainer.network
    try {
      const checkpoint = await decodeCheckpoint(bytes)
      const problems = obstacles(checkpoint, run, parameters.plans)
      if (problems.length > 0) throw new Error(problems.join('; '))
      this.trainer.resume(checkpoint.step, checkpoint.tensors, checkpoint.velocities)
      this.losses.push(...checkpoint.losses)
      this.corrects.push(...checkpoint.corrects)
      this.evaluations.push(...checkpoint.evaluations)
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`)
    }
  }

  /** Writes the run as it stands beside the file and puts it in its place once it is on disk. */
  async write(): Promise<void> {
    if (this.file === undefined) return
    const { trainer } = this
    const bytes = await encodeCheckpoint({
      run: trainer.network.run,
      step: trainer.step,
      tensors: await trainer.readTensors(),
      velocities: await trainer.readVelocities(),
      losses: Float32Array.from(this.losses),
      corrects: Float32Array.from(this.corrects),
      evaluations: this.evaluations,
    })
    const beside = `${this.file}.${process.pid}.part`
    const handle = openSync(beside, 'w')
    writeSync(handle, bytes)
    fsyncSync(handle)
    closeSync(handle)
    renameSync(beside, this.file)
  }
}
