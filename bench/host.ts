import { fileURLToPath } from 'node:url'
import packageJson from '../package.json'
import type { Answers } from './answers'
import type { Role, Task } from './methods'
import { Answering } from './process'

/** Where contenders compute. */
export interface Host {
  /** Starts one; what drivers and browsers keep of compiled shaders goes into the folder. */
  start(role: Role, task: Task, folder: string): Answers
  /** Whose WebGPU it is: a name with a version. */
  readonly runtime: string
  close(): Promise<void>
}

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Contenders in processes of Node, on the adapter of this whole name, through Dawn. */
export function nodeHost(adapter: string): Host {
  return {
    runtime: `Node ${process.versions.node} with Dawn of webgpu ${packageJson.devDependencies.webgpu}`,
    start(role, task, folder) {
      const words = [file('child.ts'), role, adapter, JSON.stringify(task)]
      const args = [file('../scripts/run-ts.mjs'), ...words]
      return Answering.start(process.execPath, args, { MESA_SHADER_CACHE_DIR: folder })
    },
    async close() {},
  }
}

/** PyTorch on the CPU, with the workload in the folder. */
export function startPyTorch(python: string, folder: string): Answers {
  return Answering.start(python, [file('pytorch.py'), folder], {})
}
