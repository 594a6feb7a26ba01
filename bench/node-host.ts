import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageJson from '../package.json'
import type { Answers } from './answers'
import type { Host, Seat } from './host'
import { Answering } from './process'
import { startPyTorch } from './pytorch'

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A seat with a folder of its own, empty at the first start. */
export function seatWithFolder(start: (folder: string) => Answers): Seat {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  return {
    start: () => start(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Contenders in processes of Node, on the adapter of this whole name, through Dawn. */
export function nodeHost(adapter: string): Host {
  return {
    runtime: `Node ${process.versions.node} with Dawn of webgpu ${packageJson.devDependencies.webgpu}`,
    seat: (role, task) =>
      seatWithFolder((folder) => {
        if (role === 'pytorch') return startPyTorch(task, folder)
        const words = [file('child.ts'), role, adapter, JSON.stringify(task)]
        const args = [file('../scripts/run-ts.mjs'), ...words]
        return Answering.start(process.execPath, args, { MESA_SHADER_CACHE_DIR: folder })
      }),
    async close() {},
  }
}
