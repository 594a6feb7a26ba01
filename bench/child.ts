/** One contender, or the probes, in a process: node run-ts.mjs child.ts ROLE ADAPTER TASK */
import { paceEventLoop } from '../src/cli/pace'
import { provideWebGpu } from './adapter'
import type { Methods } from './answers'
import { serve } from './lines'
import { methodsOf, type WebGpuRole } from './methods'

/** Waits for the GPU as the command line does, and only while there is something to wait for. */
async function paced<T>(work: () => Promise<T>): Promise<T> {
  const end = paceEventLoop()
  try {
    return await work()
  } finally {
    end()
  }
}

const pacedAll = (methods: Methods): Methods =>
  Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [name, () => paced(() => method())]),
  )

const [role, adapter, task] = process.argv.slice(2) as [WebGpuRole, string, string]
const gpu = provideWebGpu(adapter)
await serve(pacedAll(await paced(() => methodsOf(role, gpu, JSON.parse(task)))))
process.exit(0)
