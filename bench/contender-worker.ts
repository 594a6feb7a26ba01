/** One contender, or the probes, in a worker: told what it is first, then asked by method. */
import { answer, type Methods } from './answers'
import type { Task } from './contenders'
import { methodsOf, type WebGpuRole } from './methods'

export interface Assignment {
  role: WebGpuRole
  task: Task
}

let opened: Promise<Methods>

self.addEventListener('message', async ({ data }: MessageEvent<Assignment | string>) => {
  if (typeof data === 'string') return self.postMessage(await answer(opened, data))
  opened = methodsOf(data.role, navigator.gpu, data.task)
  opened.catch(() => {})
})
