import { openDevice } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import { type KernelResult, kernelTests, runKernelTest, wrongOf } from '../tuning/self-test'
import { selfTestText } from '../tuning/self-test-report'
import { cure } from './cure'
import type { SelfTestEvent } from './self-test-protocol'
import { browserSelfTests } from './tuning-store'

const post = (event: SelfTestEvent) => self.postMessage(event)

/** Tests every kernel on a device of its own, and keeps what is wrong for those who train. */
async function run(): Promise<void> {
  const gpu = await openDevice(navigator.gpu)
  gpu.device.lost.then(({ message }) => post(failure(`The GPU was lost (${message}).`)))
  const tests = kernelTests(gpu.info.f16)
  post({ type: 'begun', adapter: gpu.info.name, total: tests.length })
  const cache = new PipelineCache(gpu.device)
  const results: KernelResult[] = []
  for (const test of tests) {
    const result = await runKernelTest(gpu, cache, test)
    results.push(result)
    post({ type: 'result', result })
  }
  const wrong = wrongOf(results)
  const { platform } = browserSelfTests
  const kept = await browserSelfTests.write(gpu.info.name, { platform, ...wrong }).then(
    () => true,
    () => false,
  )
  const setting = { adapter: gpu.info.name, platform: navigator.userAgent, at: Date.now() }
  const text = selfTestText(setting, results, wrong)
  const excluded = Object.entries(wrong.candidates).flatMap(([aspect, values]) =>
    values.map((value) => `${aspect} ${value}`),
  )
  post({ type: 'done', excluded, refused: wrong.ops, text, kept })
  gpu.device.destroy()
}

const failure = (message: string, remedy = 'Reload the page.'): SelfTestEvent => ({
  ...{ type: 'failed', message, remedy },
})

run().catch((error) => post(failure(error.message, cure(error))))
