import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** The folder with the official CIFAR-10 files, where this machine has one. */
export function cifarFolder(): string | undefined {
  const folder = process.env.CIFAR10_DIR ?? '../shared/data/cifar-10-batches-bin'
  return existsSync(folder) ? resolve(folder) : undefined
}
