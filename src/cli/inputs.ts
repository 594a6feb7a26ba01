import { readFileSync } from 'node:fs'
import { readCifarFolder } from '../data/folder'
import type { ImageSource } from '../data/images'
import { shapes10 } from '../data/shapes10'
import { type ComparisonConfig, isComparison, parseComparison } from '../run/comparison'
import { type DataConfig, parseRun, type RunConfig } from '../run/config'

/** The run or the comparison of a file, with other `steps` than the file's where they are given. */
export function readConfig(file: string, steps?: number): RunConfig | ComparisonConfig {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Error(`${file}: no such run file`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file}: not JSON (${(error as Error).message})`)
  }
  const config = isComparison(json) ? parseComparison(json) : parseRun(json)
  return steps === undefined ? config : { ...config, train: { ...config.train, steps } }
}

/** The pictures that a run is about: built in, or from a folder or archive of CIFAR-10. */
export async function openData(config: DataConfig, folder?: string): Promise<ImageSource> {
  if (config.name === 'shapes10') return shapes10()
  if (folder === undefined) {
    throw new Error('data.name is "cifar10": say where it is with --data DIR (or the .tar.gz)')
  }
  return readCifarFolder(folder, config)
}

export function readInput(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new Error(`${file}: no such file`)
  }
}
