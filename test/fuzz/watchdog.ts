import { Worker } from 'node:worker_threads'
import type { Input } from './reader'

const LONGEST_MS = 30_000

/** Ends the process where it comes to no next input: a loop without end cannot be left otherwise. */
const CODE = `
const { workerData } = require('node:worker_threads')
let last = -1
setInterval(() => {
  const count = Atomics.load(workerData, 0)
  if (count === last) {
    process.stderr.write('HANGS at input ' + count + ' of the last reader told\\n')
    process.kill(process.pid, 'SIGKILL')
  }
  last = count
}, ${LONGEST_MS})
`

export class Watchdog {
  private readonly count = new Int32Array(new SharedArrayBuffer(4))
  private readonly worker = new Worker(CODE, { eval: true, workerData: this.count })
  private readonly names = new Set<string>()

  /** To be told of every input before it is read. */
  input = (reader: string, _: Input): void => {
    if (!this.names.has(reader)) Atomics.store(this.count, 0, 0)
    this.names.add(reader)
    Atomics.add(this.count, 0, 1)
  }

  stop(): void {
    this.worker.terminate()
  }
}
