import { decodeCheckpoint, encodeCheckpoint } from '../train/checkpoint'
import type { Logbook } from '../train/logbook'
import { writeWhole } from './whole-file'

/** Puts a run where a checkpoint file's was; faults name the file. */
export async function resume(logbook: Logbook, name: string, bytes: Uint8Array): Promise<void> {
  try {
    logbook.restore(await decodeCheckpoint(bytes))
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`)
  }
}

/** Writes the run as it stands; the checkpoint before is there until this one is whole. */
export async function writeCheckpoint(logbook: Logbook, file: string): Promise<void> {
  writeWhole(file, await encodeCheckpoint(await logbook.checkpoint()))
}
