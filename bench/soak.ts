/**
 * Whether a long run grows: 5,000 steps of a small net with evaluations and checkpoints, on the
 * engine of the command line, with what it holds every 250 steps. Ends with 1 where the last third
 * holds more than the middle third: npm run soak -- --adapter NAME
 */
import { existsSync, readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openNodeDevice } from '../src/cli/adapter'
import { paceEventLoop } from '../src/cli/pace'
import { Sampler } from '../src/data/sampler'
import { shapes10 } from '../src/data/shapes10'
import { PipelineCache } from '../src/gpu/pipelines'
import { parseRun } from '../src/run/config'
import { FIRST_RUN } from '../src/run/presets'
import { encodeCheckpoint } from '../src/train/checkpoint'
import { Logbook } from '../src/train/logbook'
import { type Listener, TrainingLoop } from '../src/train/loop'
import { trainableNetwork } from '../src/train/network'
import { Trainer } from '../src/train/trainer'

const STEPS = 5000
const SAMPLE_EVERY = 250
const MEBIBYTE = 2 ** 20

/** What a sample holds, and by how much the mean of the last third may be above the middle one's. */
const MEASURES = {
  gpu: { title: 'GPU buffers, bytes', margin: 0 },
  heap: { title: 'heap, MiB', margin: 1 },
  rss: { title: 'resident, MiB', margin: 8 },
  handles: { title: 'open handles', margin: 1 },
  files: { title: 'open files', margin: 1 },
}
type Measure = keyof typeof MEASURES
type Sample = Record<Measure, number> & { step: number }

const run = parseRun({
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, units: [1, 1], widths: [4, 8], stemWidth: 4 },
  train: { ...FIRST_RUN.train, steps: STEPS, batchSize: 4 },
  evaluate: { every: 500, images: 20 },
})

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

function sample(trainer: Trainer): Sample {
  collectGarbage()
  const { rss, heapUsed } = process.memoryUsage()
  return {
    step: trainer.step,
    gpu: trainer.gpuBytes,
    heap: heapUsed / MEBIBYTE,
    rss: rss / MEBIBYTE,
    handles: process.getActiveResourcesInfo().length,
    files: existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0,
  }
}

function row({ step, ...held }: Sample): string {
  const { gpu, heap, rss, handles, files } = held
  return `| ${[step, gpu, heap.toFixed(1), rss.toFixed(1), handles, files].join(' | ')} |`
}

/** How far the mean of the samples' last third is above that of their middle third. */
function growth(samples: readonly Sample[], measure: Measure): number {
  const third = Math.floor(samples.length / 3)
  const mean = (part: readonly Sample[]) =>
    part.reduce((sum, held) => sum + held[measure], 0) / part.length
  return mean(samples.slice(-third)) - mean(samples.slice(-2 * third, -third))
}

async function soak(adapter?: string): Promise<boolean> {
  const gpu = await openNodeDevice(adapter)
  paceEventLoop()
  console.log(`${gpu.info.name}${gpu.info.software ? ' (computes in software)' : ''}\n`)
  const network = trainableNetwork(run)
  const cache = new PipelineCache(gpu.device)
  const trainer = await Trainer.create(gpu, cache, network, new Sampler(shapes10(), run))
  const logbook = new Logbook(trainer)
  const listener: Listener = {
    steps: (records) => logbook.steps(records),
    evaluating: () => {},
    evaluation: (step, result) => logbook.evaluation({ step, ...result }),
  }
  const loop = new TrainingLoop(trainer, listener, logbook)
  const start = performance.now()
  const samples: Sample[] = []
  const titles = ['step', ...Object.values(MEASURES).map(({ title }) => title)]
  console.log(`| ${titles.join(' | ')} |\n|${' --: |'.repeat(titles.length)}`)
  while (trainer.step < STEPS) {
    const next = trainer.step + SAMPLE_EVERY
    await loop.run(() => trainer.step >= next)
    await encodeCheckpoint(await logbook.checkpoint())
    const held = sample(trainer)
    samples.push(held)
    console.log(row(held))
  }
  const seconds = (performance.now() - start) / 1000
  console.log(`\n${STEPS} steps in ${seconds.toFixed(0)} s\n`)
  let steady = true
  for (const [measure, { title, margin }] of Object.entries(MEASURES)) {
    const more = growth(samples, measure as Measure)
    const grown = more > margin
    steady &&= !grown
    console.log(`${title}: ${more.toFixed(2)} more, at most ${margin}${grown ? ': GROWN' : ''}`)
  }
  return steady
}

const { values } = parseArgs({ options: { adapter: { type: 'string' } } })
process.exit((await soak(values.adapter)) ? 0 : 1)
