import type { Answers } from './answers'
import type { ContenderName, Task } from './contenders'

export type Role = ContenderName | 'probes'

/** Where one computes: what is kept of its compiled shaders stays from one start to the next. */
export interface Seat {
  start(): Answers
  /** Forgets what was kept. */
  remove(): void
}

/** Where contenders compute. */
export interface Host {
  seat(role: Role, task: Task): Seat
  /** Whose WebGPU it is: a name with a version. */
  readonly runtime: string
  close(): Promise<void>
}
