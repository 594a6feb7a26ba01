import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../train/checkpoint'
import type { Logbook } from '../train/logbook'
import { writeWhole } from './whole-file'

/** Reads a checkpoint file; faults name it. */
export async function readCheckpoint(name: string, bytes: Uint8Array): Promise<Checkpoint> {
  try {
    return await decodeCheckpoint(bytes)
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`)
  }
}

/** Puts a run where a checkpoint file's was; faults name the file. */
export function resume(logbook: Logbook, name: string, checkpoint: Checkpoint): void {
  try {
    logbook.restore(checkpoint)
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`)
  }
}

/** Writes the run as it stands; the checkpoint before is there until this one is whole. */
export async function writeCheckpoint(logbook: Logbook, file: string): Promise<void> {
  writeWhole(file, await encodeCheckpoint(await logbook.checkpoint()))
}
