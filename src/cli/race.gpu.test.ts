import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { comparisonOf, laneRun, parseComparison } from '../run/comparison'
import { FIRST_RUN } from '../run/presets'
import { decodeRace } from '../train/race-file'
import { readSafetensors } from '../train/safetensors'

const folder = mkdtempSync(join(tmpdir(), 'residual-playground-'))
const file = (name: string) => join(folder, name)

const MODEL = { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 }
const PAIR = parseComparison({
  ...comparisonOf(FIRST_RUN),
  train: { ...FIRST_RUN.train, steps: 4, batchSize: 4 },
  evaluate: { every: 3, images: 6 },
  lanes: [
    { name: 'v2', model: MODEL },
    { name: 'no shortcut', model: { ...MODEL, shortcut: { kind: 'none' } } },
    {
      name: 'too fast',
      model: MODEL,
      train: { learningRate: { kind: 'constant', rate: 1000 }, weightDecay: 1 },
    },
  ],
  seeds: 2,
})

function train(...words: string[]) {
  const adapter = process.env.GPU_ADAPTER ? ['--adapter', process.env.GPU_ADAPTER] : []
  const all = ['run', '--silent', 'train', '--', ...words, ...adapter]
  return spawnSync('npm', all, { encoding: 'utf8', timeout: 120_000 })
}

function write(name: string, content: unknown): string {
  writeFileSync(file(name), JSON.stringify(content))
  return file(name)
}

function readLog(path: string) {
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}

/** A log's lines without times, sorted: lanes may be read in other parts. */
const sorted = (path: string) =>
  readLog(path)
    .map(({ seconds: _, ...line }) => JSON.stringify(line))
    .sort()

test('a comparison writes one log for all lanes and a file of weights for each', () => {
  const { status, stdout } = train(
    ...[write('pair.json', PAIR), '--log', file('log.jsonl')],
    ...['--save', file('net.safetensors')],
  )
  expect(status).toBe(0)
  expect(stdout).toBe('')
  const lines = readLog(file('log.jsonl'))
  const of = (lane: string, seed: number, key: string) =>
    lines.filter((line) => line.lane === lane && line.seed === seed && key in line)
  for (const seed of [1, 2]) {
    expect(of('v2', seed, 'loss').map(({ step }) => step)).toEqual([0, 1, 2, 3])
    expect(of('no shortcut', seed, 'evaluation').map(({ step }) => step)).toEqual([3, 4])
    expect(of('v2', seed, 'weights')).toMatchObject([{ step: 4 }])
  }
  const net = readSafetensors(readFileSync(file('net.2-no-shortcut.seed-2.safetensors')))
  expect(net.has('conv1.weight')).toBe(true)

  // The same lane as a run of its own.
  const run = write('run.json', laneRun(PAIR, 1, 1))
  expect(train(run, '--log', file('alone.jsonl')).status).toBe(0)
  const losses = readLog(file('alone.jsonl')).flatMap(({ loss }) => loss ?? [])
  expect(of('no shortcut', 2, 'loss').map(({ loss }) => loss)).toEqual(losses)
})

test('a lane that diverges is logged with its step, and the others train on', () => {
  const lanes = PAIR.lanes.slice(0, 3)
  const longer = { ...PAIR, lanes, seeds: 1, train: { ...PAIR.train, steps: 60 } }
  expect(train(write('longer.json', longer), '--log', file('longer.jsonl')).status).toBe(0)
  const lines = readLog(file('longer.jsonl'))
  const [broken] = lines.filter((line) => 'diverged' in line)
  expect(broken).toMatchObject({ lane: 'too fast', diverged: expect.stringContaining('diverged') })
  const steps = lines.filter(({ lane, loss }) => lane === 'too fast' && loss !== undefined)
  expect(steps.at(-1)).toMatchObject({ step: broken.step, loss: null })
  expect(lines.filter(({ lane, loss }) => lane === 'v2' && loss !== undefined)).toHaveLength(60)
})

test('a comparison that Ctrl-C ended goes on from its checkpoint with the log of an unbroken one', async () => {
  const two = { ...PAIR, lanes: PAIR.lanes.slice(0, 2), train: { ...PAIR.train, steps: 300 } }
  const config = write('two.json', { ...two, evaluate: { every: 100, images: 6 } })
  expect(train(config, '--log', file('whole.jsonl')).status).toBe(0)
  const [race, log] = [file('race.zip'), file('parts.jsonl')]
  const words = ['--log', log, '--checkpoint', race, '--checkpoint-every', '20']
  const adapter = process.env.GPU_ADAPTER ? ['--adapter', process.env.GPU_ADAPTER] : []
  const child = spawn(process.execPath, [
    ...['scripts/run-ts.mjs', 'src/cli/train.ts', config, ...words, ...adapter],
  ])
  while (child.exitCode === null && !existsSync(race)) await sleep(5)
  child.kill('SIGINT')
  await once(child, 'exit')
  expect(child.exitCode).toBe(130)
  const { results } = await decodeRace(readFileSync(race))
  const done = results.at(-1)!.map(({ step }) => step)
  expect(done[0]).toBe(done[1])
  expect(train(config, '--resume', race, ...words).status).toBe(0)
  expect(sorted(log)).toEqual(sorted(file('whole.jsonl')))
  // From the end nothing is made again.
  expect(train(config, '--resume', race, ...words).status).toBe(0)
  expect(sorted(log)).toEqual(sorted(file('whole.jsonl')))
  const other = train(write('other.json', { ...two, seed: 9 }), '--resume', race)
  expect(other.status).toBe(1)
  expect(other.stderr).toContain('it is of a comparison with other lanes or settings')
})

test('what is not for comparisons is refused, and the plan names every lane', () => {
  const config = write('refused.json', PAIR)
  const { status, stderr } = train(config, '--gradients', file('g.safetensors'))
  expect(status).toBe(2)
  expect(stderr).toContain('--gradients is for a run')
  const plan = train(config, '--plan', '--adapter', 'there is none of this name')
  expect(plan.status).toBe(0)
  expect(plan.stdout).toMatch(/^all lanes on the GPU: +\d+\.\d MB$/m)
  expect(plan.stdout).toContain('lane "no shortcut"')
  const broken = train(write('broken.json', { ...PAIR, lanes: [] }))
  expect(broken.status).toBe(1)
  expect(broken.stderr).toContain('lanes: expected at least one lane')
})
