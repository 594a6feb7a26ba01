import type { TimedStep } from '../train/loop'
import type { EvaluationResult } from '../train/trainer'

/** A line of progress on a terminal, rewritten in place; nothing where stderr is none. */
export class ProgressLine {
  private readonly live = process.stderr.isTTY === true
  private last: TimedStep | undefined

  constructor(
    private readonly steps: number,
    private readonly batchSize: number,
  ) {}

  compiling(done: number, total: number): void {
    this.show(`compiling kernels: ${done} of ${total}`)
  }

  tuning(decided: number, total: number): void {
    this.show(`timing kernels: ${decided} of ${total} choices made`)
  }

  training(record: TimedStep): void {
    const { step, loss, correct, seconds } = record
    const rate = this.rate(record)
    const left = (this.steps - step - 1) / (rate / this.batchSize)
    const accuracy = ((100 * correct) / this.batchSize).toFixed(0)
    this.show(
      `step ${step + 1} of ${this.steps}  loss ${loss.toFixed(4)}  accuracy ${accuracy} %  ` +
        `${rate.toFixed(0)} images/s  ${duration(seconds)} gone, ${duration(left)} left`,
    )
    this.last = record
  }

  evaluating(done: number, total: number): void {
    this.show(`evaluating: ${done} of ${total} images`)
  }

  evaluation(step: number, { loss, accuracy, images }: EvaluationResult, who = ''): void {
    this.line(
      `${who}after step ${step}: validation loss ${loss.toFixed(4)}, ` +
        `accuracy ${(100 * accuracy).toFixed(2)} % of ${images} images`,
    )
  }

  /** A line that stays. */
  line(text: string): void {
    if (!this.live) return
    this.show('')
    process.stderr.write(`${text}\n`)
  }

  private rate({ step, seconds }: TimedStep): number {
    const since = this.last ?? { step: -1, seconds: 0 }
    const elapsed = seconds - since.seconds
    return elapsed > 0 ? ((step - since.step) * this.batchSize) / elapsed : 0
  }

  /** A line that the next one takes the place of. */
  show(text: string): void {
    if (this.live) process.stderr.write(`\r\u001b[K${text}`)
  }
}

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?'
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  return minutes === 0 ? `${whole} s` : `${minutes} min ${whole % 60} s`
}
