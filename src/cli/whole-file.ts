import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file whole or not at all: beside its place first, and into it once it is on disk. A kill
 * at any moment leaves the file that was there. What killed writers left beside it is removed.
 */
export function writeWhole(path: string, content: Uint8Array | string): void {
  // A device or a pipe has no content to keep, and must not be renamed over.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
    writeFileSync(path, content)
    return
  }
  removeLeftovers(path)
  const beside = `${path}.${process.pid}.part`
  const handle = openSync(beside, 'w')
  try {
    writeFileSync(handle, content)
    fsyncSync(handle)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
  renameSync(beside, path)
  syncFolder(dirname(path))
}

function removeLeftovers(path: string): void {
  const prefix = `${basename(path)}.`
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(prefix)) continue
    const writer = /^(\d+)\.part$/.exec(name.slice(prefix.length))?.[1]
    if (writer && !lives(Number(writer))) rmSync(join(dirname(path), name), { force: true })
  }
}

function lives(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Makes the renaming last; Windows cannot open folders and needs no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
