import { modelName } from '../models/presets'
import type { RunConfig } from '../run/config'
import type { DeviceStatus, LaunchProfile, StepProfile } from '../worker/protocol'

export type { StepProfile }

/** What the launches of a profile are summed up by. */
export type Grouping = 'kernel' | 'layer'

/** The launches of one kernel, or of one layer, together. */
export interface ProfileRow {
  name: string
  launches: number
  milliseconds: number
  /** Of the time of all launches. */
  share: number
  /** The share by pass; they add up to `share`. */
  passes: Record<LaunchProfile['pass'], number>
  flops: number
  bytes: number
}

/** A sum of a profile a kernel or a layer, the one with most time first. */
export function profileRows({ launches }: StepProfile, grouping: Grouping): ProfileRow[] {
  const total = sum(launches, 'milliseconds')
  const share = (milliseconds: number) => (total > 0 ? milliseconds / total : 0)
  return Array.from(groupsOf(launches, grouping), ([name, group]) => {
    const milliseconds = sum(group, 'milliseconds')
    const of = (pass: LaunchProfile['pass']) =>
      share(
        sum(
          group.filter((launch) => launch.pass === pass),
          'milliseconds',
        ),
      )
    return {
      name,
      launches: group.length,
      milliseconds,
      share: share(milliseconds),
      passes: { forward: of('forward'), backward: of('backward'), update: of('update') },
      flops: sum(group, 'flops'),
      bytes: sum(group, 'bytes'),
    }
  }).toSorted((a, b) => b.milliseconds - a.milliseconds)
}

function groupsOf(launches: readonly LaunchProfile[], grouping: Grouping) {
  const groups = new Map<string, LaunchProfile[]>()
  for (const launch of launches) {
    const group = groups.get(launch[grouping])
    if (group) group.push(launch)
    else groups.set(launch[grouping], [launch])
  }
  return groups
}

/** A figure of all launches together. */
export function sum(
  launches: readonly LaunchProfile[],
  figure: 'milliseconds' | 'flops' | 'bytes',
): number {
  return launches.reduce((total, launch) => total + launch[figure], 0)
}

/** A rate a second, in thousands of millions; undefined where nothing was counted or timed. */
export function gigaPerSecond(amount: number, milliseconds: number): number | undefined {
  return amount > 0 && milliseconds > 0 ? amount / milliseconds / 1e6 : undefined
}

/** The profile as a file: what was measured, on what, and every launch. */
export function profileFile(profile: StepProfile, run: RunConfig, device: DeviceStatus) {
  const { step, startedAt, timing, launches } = profile
  const adapter =
    device.state === 'ready' ? { name: device.name, software: device.software } : undefined
  const content = {
    format: 1,
    net: modelName(run.model),
    batchSize: run.train.batchSize,
    step: step + 1,
    startedAt: new Date(startedAt).toISOString(),
    adapter,
    timing,
    milliseconds: sum(launches, 'milliseconds'),
    launches,
    run,
  }
  const net = modelName(run.model).toLowerCase().replaceAll(' ', '-')
  return {
    name: `${net}-step-${step + 1}.profile.json`,
    text: `${JSON.stringify(content, undefined, 2)}\n`,
  }
}
