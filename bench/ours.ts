import packageJson from '../package.json'
import { Sampler } from '../src/data/sampler'
import { openDevice } from '../src/gpu/device'
import { PipelineCache } from '../src/gpu/pipelines'
import { trainableNetwork } from '../src/train/network'
import { type StepRecord, Trainer } from '../src/train/trainer'
import type { Contender } from './contender'
import type { Workload } from './workload'

/** This project on an adapter. */
export async function ours(gpu: GPU): Promise<Contender> {
  const opened = await openDevice(gpu)
  const cache = new PipelineCache(opened.device)

  async function build({ run, pictures }: Workload) {
    const network = trainableNetwork(run)
    const trainer = await Trainer.create(opened, cache, network, new Sampler(pictures, run))
    return {
      async step() {
        await trainer.trainStep()
        const [{ loss }] = (await trainer.readSteps()) as [StepRecord]
        return loss
      },
      forward: () => trainer.evaluate(0, run.train.batchSize),
      async encode() {
        await opened.device.queue.onSubmittedWorkDone()
        const start = performance.now()
        const submitted = trainer.trainStep()
        const milliseconds = performance.now() - start
        await submitted
        await trainer.readSteps()
        return milliseconds
      },
    }
  }

  return { title: `${packageJson.name} ${packageJson.version}`, build }
}
