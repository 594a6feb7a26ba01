import { cpus, loadavg, release, type } from 'node:os'

export interface Machine {
  processor: string
  cores: number
  system: string
  /** Processes that wanted a core over the last minute: what else is at work. */
  load: number
}

/** The machine and its load now. */
export function machine(): Machine {
  const all = cpus()
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    system: `${type()} ${release()}`,
    load: loadavg()[0]!,
  }
}
