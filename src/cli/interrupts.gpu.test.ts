import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { philox } from '../random/philox'
import { below } from '../random/seeded'
import { FIRST_RUN } from '../run/presets'
import { decodeCheckpoint } from '../train/checkpoint'
import { readSafetensors } from '../train/safetensors'

const folder = mkdtempSync(join(tmpdir(), 'residual-playground-'))
const file = (name: string) => join(folder, name)

const ROUNDS = 8
/** A run is killed at most so long after its start, or after it wrote its first checkpoint. */
const MAX_DELAY_MS = 250
/** More than the rounds get to, so that each of them has something to break. */
const STEPS = 1000
const POLL_MS = 5

const RUN = {
  ...FIRST_RUN,
  model: {
    ...{ ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 },
    shortcut: { kind: 'dropout', rate: 0.3 },
  },
  data: { ...FIRST_RUN.data, train: 20, augment: 'crop-flip' },
  train: {
    ...{ ...FIRST_RUN.train, steps: STEPS, batchSize: 4 },
    // A constant rate, since the other schedules look at how long the run is.
    learningRate: { kind: 'constant', rate: 0.05 },
  },
  evaluate: { every: 50, images: 4 },
}

const run = file('run.json')
writeFileSync(run, JSON.stringify(RUN))

const children: ChildProcess[] = []
/** A test that fails leaves none of them running. */
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Starts the command line itself, with no npm in between that would get the signals. */
function start(...words: string[]): ChildProcess {
  const adapter = process.env.GPU_ADAPTER ? ['--adapter', process.env.GPU_ADAPTER] : []
  const all = ['scripts/run-ts.mjs', 'src/cli/train.ts', run, ...words, ...adapter]
  const child = spawn(process.execPath, all, { stdio: 'ignore' })
  children.push(child)
  return child
}

const running = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

/** The exit code, or the signal that ended it. */
async function endOf(child: ChildProcess): Promise<number | string> {
  if (running(child)) await once(child, 'exit')
  return child.exitCode ?? child.signalCode!
}

const bytesOf = (path: string) => (existsSync(path) ? readFileSync(path) : undefined)

/** Steps done by a checkpoint file, which must be whole; 0 where there is none. */
async function stepsIn(path: string): Promise<number> {
  const bytes = bytesOf(path)
  return bytes ? (await decodeCheckpoint(bytes)).step : 0
}

test('Ctrl-C ends a run after a step, with 130 and all files that were asked for', async () => {
  const [log, save, checkpoint] = [file('log.jsonl'), file('net.safetensors'), file('stop.ckpt')]
  const words = ['--log', log, '--save', save, '--checkpoint', checkpoint]
  const child = start(...words, '--steps', '100000')
  while (running(child) && !bytesOf(log)?.length) await sleep(POLL_MS)
  child.kill('SIGINT')
  expect(await endOf(child)).toBe(130)
  const { step, tensors } = await decodeCheckpoint(readFileSync(checkpoint))
  expect(readSafetensors(readFileSync(save))).toEqual(tensors)
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  const steps = lines.map((line) => JSON.parse(line)).filter((line) => 'loss' in line)
  expect(steps.map((line) => line.step)).toEqual(Array.from({ length: step }, (_, i) => i))
})

/** Trains on until it is killed, after so long; meanwhile the checkpoint must be whole. */
async function trainUntilKilled(checkpoint: string, delayMs: number, started: boolean) {
  const before = bytesOf(checkpoint)
  const resume = before ? ['--resume', checkpoint] : []
  const child = start(...resume, '--checkpoint', checkpoint, '--checkpoint-every', '1')
  const changed = () => {
    const now = bytesOf(checkpoint)
    return now !== undefined && (before === undefined || !now.equals(before))
  }
  while (started && running(child) && !changed()) await sleep(POLL_MS)
  const killAt = performance.now() + delayMs
  for (let steps = await stepsIn(checkpoint); performance.now() < killAt; ) {
    const next = await stepsIn(checkpoint)
    expect(next).toBeGreaterThanOrEqual(steps)
    steps = next
    await sleep(POLL_MS)
  }
  child.kill('SIGKILL')
  expect(await endOf(child)).toBe('SIGKILL')
}

test('a checkpoint is whole whenever a run is killed, and leads to the bit where the run would', async () => {
  const checkpoint = file('killed.ckpt')
  writeFileSync(`${checkpoint}.1.part`, 'what another run has left behind')
  let steps = 0
  for (let round = 0; round < ROUNDS; round++) {
    const delayMs = below(philox([1, 0], round)[0], MAX_DELAY_MS)
    // Every fourth round is killed before it has come to its first step.
    await trainUntilKilled(checkpoint, delayMs, round % 4 !== 3)
    const next = await stepsIn(checkpoint)
    expect(next).toBeGreaterThanOrEqual(steps)
    steps = next
  }
  expect(steps).toBeGreaterThanOrEqual(ROUNDS / 2)
  expect(steps).toBeLessThan(STEPS)
  const total = ['--steps', String(steps + 20)]
  const [broken, whole] = [file('broken.safetensors'), file('whole.safetensors')]
  expect(await endOf(start('--resume', checkpoint, ...total, '--save', broken))).toBe(0)
  expect(await endOf(start(...total, '--save', whole))).toBe(0)
  expect(readFileSync(broken).equals(readFileSync(whole))).toBe(true)
})
