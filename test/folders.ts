import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '..')

/** Folders that hold nothing of the project's own. */
const FOREIGN = new Set(['node_modules', 'dist', '.git', '.cache', 'test-results'])

/** All files under a folder, as paths from the project's root. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (FOREIGN.has(entry.name)) return []
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** The table of docs/architecture.md: each folder, and the folders that it may import. */
export function folderTable(): Map<string, Set<string>> {
  const rows = read('docs/architecture.md').matchAll(/^\| `([\w/]+)` \|.*\| ([^|]*) \|$/gm)
  return new Map(
    [...rows].map(([, folder, may]) => [
      folder!,
      new Set(
        [...may!.matchAll(/[\w/-]+/g)].map(([name]) => (name === 'server' ? name : `src/${name}`)),
      ),
    ]),
  )
}
