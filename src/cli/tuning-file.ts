import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { TuningStore } from '../tuning/table'
import { writeWhole } from './whole-file'

/** Dawn by its npm package's version. */
export function platform(): string {
  const { version } = createRequire(import.meta.url)('webgpu/package.json') as { version: string }
  return `Dawn of webgpu ${version}`
}

/** Keeps what was measured in a JSON file, an entry an adapter. */
export function tuningFile(path: string): TuningStore {
  return {
    platform: platform(),
    read: async (adapter) => readEntries(path)[adapter],
    async write(adapter, measured) {
      const entries = { ...readEntries(path), [adapter]: measured }
      writeWhole(path, `${JSON.stringify(entries, undefined, 2)}\n`)
    },
  }
}

/** Nothing where there is no such file, or where it is damaged: it can be measured again. */
function readEntries(path: string): Record<string, unknown> {
  try {
    const entries: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof entries === 'object' && entries !== null ? { ...entries } : {}
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof SyntaxError || code === 'ENOENT') return {}
    throw error
  }
}
