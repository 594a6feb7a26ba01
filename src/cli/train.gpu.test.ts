import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FIRST_RUN } from '../run/presets'
import { readSafetensors } from '../train/safetensors'
import { openNodeDevice } from './adapter'

const folder = mkdtempSync(join(tmpdir(), 'residual-playground-'))
const file = (name: string) => join(folder, name)

const RUN = {
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 },
  train: { ...FIRST_RUN.train, steps: 4, batchSize: 4 },
  evaluate: { every: 3, images: 6 },
}

function train(...words: string[]) {
  const adapter = process.env.GPU_ADAPTER ? ['--adapter', process.env.GPU_ADAPTER] : []
  const all = ['run', '--silent', 'train', '--', ...words, ...adapter]
  return spawnSync('npm', all, { encoding: 'utf8', timeout: 120_000 })
}

function write(name: string, content: unknown): string {
  writeFileSync(file(name), typeof content === 'string' ? content : JSON.stringify(content))
  return file(name)
}

function readLog(path: string) {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('a run writes its log, gradients and tensors, and nothing to stdout', () => {
  const run = write('run.json', RUN)
  const { status, stdout } = train(
    ...[run, '--steps', '5', '--log', file('log.jsonl')],
    ...['--save', file('net.safetensors'), '--gradients', file('gradients.safetensors')],
  )
  expect(status).toBe(0)
  expect(stdout).toBe('')
  const lines = readLog(file('log.jsonl'))
  const steps = lines.filter((line) => 'loss' in line)
  expect(steps.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4])
  expect(Object.keys(steps[0]).sort()).toEqual([
    'correct',
    'learningRate',
    'loss',
    'seconds',
    'step',
  ])
  const evaluations = lines.filter((line) => 'evaluation' in line)
  expect(evaluations.map(({ step }) => step)).toEqual([3, 5])
  expect(evaluations[0].evaluation.images).toBe(6)
  const net = readSafetensors(readFileSync(file('net.safetensors')))
  expect(lines.filter((line) => 'weights' in line)).toEqual([lines.at(-1)])
  expect(net.get('conv1.weight')!.shape).toEqual([4, 3, 3, 3])
  expect(net.has('norm.running_mean')).toBe(true)
  const gradients = readSafetensors(readFileSync(file('gradients.safetensors')))
  expect(gradients.has('fc.bias')).toBe(true)
  expect(gradients.has('norm.running_mean')).toBe(false)

  const again = train(run, '--steps', '1', '--init', file('net.safetensors'))
  expect(again.status).toBe(0)
  const other = write('other.json', { ...RUN, model: { ...RUN.model, widths: [8] } })
  const misfit = train(other, '--steps', '1', '--init', file('net.safetensors'))
  expect(misfit.status).toBe(1)
  expect(misfit.stderr).toContain('"layer1.0.conv1.weight" is [4,4,3,3]')
})

test('the memory plan is printed without a GPU, and names what it is for', () => {
  const run = write('planned.json', { ...RUN, train: { ...RUN.train, batchSize: 64 } })
  const { status, stdout } = train(run, '--plan', '--adapter', 'there is none of this name')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^memory on the GPU: +\d+\.\d MB$/m)
  expect(stdout).toMatch(/^ {2}conv1 +1\.0 MB$/m)
})

test.each([2, 3, 7])('a run resumed after step %i ends to the bit as one never stopped', (stop) => {
  const data = { ...RUN.data, train: 20, augment: 'crop-flip' }
  const model = { ...RUN.model, shortcut: { kind: 'dropout', rate: 0.3 } }
  // A constant rate, since the other schedules look at how long the run is.
  const learningRate = { kind: 'constant', rate: 0.05 }
  const settings = { ...RUN.train, steps: 10, learningRate }
  const run = write('resumed.json', { ...RUN, model, data, train: settings })
  const whole = [file('whole.jsonl'), file('whole.safetensors')] as const
  const parts = [file(`parts-${stop}.jsonl`), file(`parts-${stop}.safetensors`)] as const
  const checkpoint = file(`at-${stop}.ckpt`)
  expect(train(run, '--log', whole[0], '--save', whole[1]).status).toBe(0)
  const first = ['--steps', String(stop), '--log', parts[0], '--checkpoint', checkpoint]
  expect(train(run, ...first).status).toBe(0)
  const rest = ['--resume', checkpoint, '--log', parts[0], '--save', parts[1]]
  expect(train(run, ...rest).status).toBe(0)
  expect(readFileSync(parts[1])).toEqual(readFileSync(whole[1]))
  const steps = (log: string) => readLog(log).filter((line) => 'loss' in line)
  const untimed = (log: string) => steps(log).map(({ seconds: _, ...line }) => line)
  expect(untimed(parts[0])).toEqual(untimed(whole[0]))
  const times = steps(parts[0]).map(({ seconds }) => seconds)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(readLog(whole[0]).filter((line) => 'weights' in line)).toEqual([readLog(whole[0]).at(-1)])
  expect(readLog(parts[0]).at(-1)).toEqual(readLog(whole[0]).at(-1))
  const other = write('other-seed.json', { ...RUN, model, data, train: settings, seed: 2 })
  const refused = train(other, '--resume', checkpoint)
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('"seed" is not what the checkpoint was trained with')
})

test('kernels are timed once for an adapter, and a run with the same choices has the same bits', () => {
  const run = write('tuned.json', RUN)
  const kernels = file('kernels.json')
  const saved = [file('first.safetensors'), file('second.safetensors')] as const
  expect(train(run, '--tune', kernels, '--save', saved[0]).status).toBe(0)
  const found = readFileSync(kernels, 'utf8')
  const [adapter] = Object.values(JSON.parse(found)) as { winners: Record<string, object> }[]
  expect(Object.values(adapter!.winners).map((choice) => Object.keys(choice))).toContainEqual([
    'forward',
    'dataGradient',
  ])
  expect(train(run, '--tune', kernels, '--save', saved[1]).status).toBe(0)
  expect(readFileSync(kernels, 'utf8')).toBe(found)
  expect(readFileSync(saved[1])).toEqual(readFileSync(saved[0]))
  const { status, stderr } = train(run, '--tune', kernels, '--resume', file('no.ckpt'))
  expect(status).toBe(2)
  expect(stderr).toContain('leave out --tune')
})

test('a log keeps only the lines of steps that a resumed run does not make again', () => {
  const run = write('again.json', RUN)
  const [log, checkpoint] = [file('again.jsonl'), file('again.ckpt')]
  expect(train(run, '--steps', '2', '--checkpoint', checkpoint).status).toBe(0)
  const metered = ['--log', log, '--meter', '2']
  expect(train(run, ...metered).status).toBe(0)
  const whole = readLog(log).map(({ seconds: _, ...line }) => line)
  const read = whole.filter((line) => 'meter' in line)
  expect(read[1]).toMatchObject({ step: 2, meter: { units: [{ name: 'layer1.0' }] } })
  expect(train(run, '--resume', checkpoint, ...metered).status).toBe(0)
  expect(readLog(log).map(({ step }) => step)).toEqual(whole.map(({ step }) => step))
  const refused = train(run, '--resume', checkpoint, '--log', write('notes.txt', 'my notes\n'))
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain("line 1 is none of a run's log")
  expect(readFileSync(file('notes.txt'), 'utf8')).toBe('my notes\n')
})

test('f16 is trained where the adapter has it, and refused with one clear line where not', async () => {
  const run = write('half.json', { ...RUN, train: { ...RUN.train, precision: 'f16' } })
  const { info } = await openNodeDevice(process.env.GPU_ADAPTER)
  const log = file('half.jsonl')
  const { status, stderr } = train(run, '--log', log)
  if (info.f16) {
    expect(status).toBe(0)
    const steps = readLog(log).filter((line) => 'loss' in line)
    expect(steps.map(({ lossScale }) => lossScale)).toEqual(steps.map(() => 2 ** 16))
  } else {
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /it has no shader-f16\. Train in f32:.*"train.precision" in a run file\.$/m,
    )
    expect(existsSync(log)).toBe(false)
  }
})

test.each([
  ['no run file', [], 2, 'which run?'],
  ['an unknown option', ['run.json', '--fast'], 2, '--fast'],
  ['a meter without a log', ['run.json', '--meter', '5'], 2, 'it needs --log F'],
  ['steps that are no number', ['run.json', '--steps', 'all'], 2, '--steps'],
  ['a run file that is not there', [file('nothing.json')], 1, 'no such run file'],
  ['a run file that is no JSON', [write('text.json', 'hello')], 1, 'not JSON'],
  ['a bad value', [write('bad.json', { ...RUN, seed: -1 })], 1, 'seed: expected an integer'],
  [
    'CIFAR-10 without a folder',
    [write('cifar.json', { ...RUN, data: { ...RUN.data, name: 'cifar10' } })],
    1,
    '--data DIR',
  ],
  ['a folder without CIFAR-10', [file('cifar.json'), '--data', folder], 1, folder],
])('%s ends with the right exit code and one clear line', (_, words, code, reason) => {
  const { status, stderr, stdout } = train(...words)
  expect(status).toBe(code)
  expect(stderr).toContain(reason)
  expect(stdout).toBe('')
})

test('an adapter that is not there is named, with those that are', () => {
  const { status, stderr } = spawnSync(
    'npm',
    ['run', '--silent', 'train', '--', write('ok.json', RUN), '--adapter', 'no such GPU'],
    { encoding: 'utf8', timeout: 120_000 },
  )
  expect(status).toBe(1)
  expect(stderr).toContain('No adapter\'s name contains "no such GPU".')
})

test('the adapters are listed, one a line', () => {
  const { status, stdout } = train('--list-adapters')
  expect(status).toBe(0)
  expect(stdout.trim().split('\n').length).toBeGreaterThan(0)
})
