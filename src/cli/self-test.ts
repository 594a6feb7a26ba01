/** `npm run self-test`: every kernel against its reference, on an adapter of this machine. */
import { PipelineCache } from '../gpu/pipelines'
import { type KernelResult, kernelTests, runKernelTest, wrongOf } from '../tuning/self-test'
import { selfTestText } from '../tuning/self-test-report'
import { openNodeDevice } from './adapter'
import { paceEventLoop } from './pace'
import { platform } from './tuning-file'

const [name = process.env.GPU_ADAPTER ?? ''] = process.argv.slice(2)
const gpu = await openNodeDevice(name)
const endPacing = paceEventLoop()
const cache = new PipelineCache(gpu.device)
const tests = kernelTests(gpu.info.f16)
const results: KernelResult[] = []
for (const test of tests) {
  results.push(await runKernelTest(gpu, cache, test))
  if (process.stderr.isTTY) process.stderr.write(`\r${results.length} of ${tests.length}`)
}
if (process.stderr.isTTY) process.stderr.write('\r')
endPacing()
const setting = { adapter: gpu.info.name, platform: platform(), at: Date.now() }
process.stdout.write(selfTestText(setting, results, wrongOf(results)))
process.exit(results.every(({ passed }) => passed) ? 0 : 1)
