import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { decodeCheckpoint, encodeCheckpoint } from '../train/checkpoint'
import type { Logbook } from '../train/logbook'

/** Puts a run where a checkpoint file's was; faults name the file. */
export async function resume(logbook: Logbook, name: string, bytes: Uint8Array): Promise<void> {
  try {
    logbook.restore(await decodeCheckpoint(bytes))
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`)
  }
}

/** Writes the run as it stands beside the file and puts it in its place once it is on disk. */
export async function writeCheckpoint(logbook: Logbook, file: string): Promise<void> {
  const bytes = await encodeCheckpoint(await logbook.checkpoint())
  const beside = `${file}.${process.pid}.part`
  const handle = openSync(beside, 'w')
  writeSync(handle, bytes)
  fsyncSync(handle)
  closeSync(handle)
  renameSync(beside, file)
}
