import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type Answers, answered } from './answers'
import { REPLIES } from './lines'

const ANSWER_MS = 900_000
const STOP_MS = 10_000
/** Of what a child writes besides its replies. */
const KEPT_CHARACTERS = 20_000

/** A child process that answers requests line by line; see `lines.ts`. */
export class Answering implements Answers {
  private readonly lines: AsyncIterator<string>
  private errors = ''

  private constructor(
    private readonly child: ChildProcess,
    reader: Interface,
  ) {
    this.lines = reader[Symbol.asyncIterator]()
    for (const output of [child.stdout!, child.stderr!]) {
      output.setEncoding('utf8').on('data', (text: string) => {
        this.errors = (this.errors + text).slice(-KEPT_CHARACTERS)
      })
    }
    child.stdin!.on('error', () => {})
    child.on('error', (error) => {
      this.errors += `\n${error}`
    })
  }

  static start(program: string, args: string[], env: Record<string, string>): Answering {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    return new Answering(child, createInterface({ input: child.stdio[REPLIES] as Readable }))
  }

  async ask<T>(method: string): Promise<T> {
    this.child.stdin!.write(`${JSON.stringify(method)}\n`)
    const timer = setTimeout(() => this.child.kill('SIGKILL'), ANSWER_MS)
    const { done, value } = await this.lines.next()
    clearTimeout(timer)
    if (done) throw new Error(await this.reasonOfEnd())
    return answered(JSON.parse(value))
  }

  /** The child has some seconds to end. */
  async stop(): Promise<void> {
    if (this.ended) return
    const exit = once(this.child, 'exit')
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS)
    this.child.stdin!.end()
    await exit
    clearTimeout(timer)
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null || !this.child.pid
  }

  private async reasonOfEnd(): Promise<string> {
    if (!this.ended) await once(this.child, 'exit')
    const lines = this.errors.split('\n').map((line) => line.trim())
    const message = lines.findLast((line) => /^[\w.]*(Error|Exception|Unavailable)\b/.test(line))
    return message ?? `ended by ${this.child.signalCode ?? `exit code ${this.child.exitCode}`}`
  }
}
