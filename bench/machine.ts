import { cpus, release, type } from 'node:os'

export interface Machine {
  processor: string
  cores: number
  system: string
  node: string
}

export function machine(): Machine {
  const all = cpus()
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    system: `${type()} ${release()}`,
    node: process.versions.node,
  }
}
