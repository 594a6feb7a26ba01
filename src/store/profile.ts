import { modelName } from '../models/presets'
import type { RunConfig } from '../run/config'
import type { AdapterRates, DeviceStatus, LaunchProfile, StepProfile } from '../worker/protocol'

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
  /** What the adapter's rates allow at best to what it took; undefined where that was nothing. */
  ofLimit: number | undefined
}

/** A sum of a profile a kernel or a layer, the one with most time first. */
export function profileRows({ launches, rates }: StepProfile, grouping: Grouping): ProfileRow[] {
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
      ofLimit: shareOfLimit(group, rates),
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

/**
 * How near launches come to the adapter's limit: the time that the slower of arithmetic and memory
 * needs for each, at the rates of the probes, to the time that they took.
 */
export function shareOfLimit(
  launches: readonly LaunchProfile[],
  rates: AdapterRates,
): number | undefined {
  const seconds = launches.reduce(
    (total, { flops, bytes }) => total + Math.max(flops / rates.flops, bytes / rates.bytes),
    0,
  )
  const milliseconds = sum(launches, 'milliseconds')
  return milliseconds > 0 ? (1000 * seconds) / milliseconds : undefined
}

/** A rate a second, in thousands of millions; undefined where nothing was counted or timed. */
export function gigaPerSecond(amount: number, milliseconds: number): number | undefined {
  return amount > 0 && milliseconds > 0 ? amount / milliseconds / 1e6 : undefined
}

/** The profile as a file: what was measured, on what, and every launch. */
export function profileFile(profile: StepProfile, run: RunConfig, device: DeviceStatus) {
  const { step, startedAt, timing, rates, launches } = profile
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
    rates: { flopsPerSecond: rates.flops, bytesPerSecond: rates.bytes },
    milliseconds: sum(launches, 'milliseconds'),
    shareOfLimit: shareOfLimit(launches, rates),
    launches: launches.map((launch) => ({
      ...launch,
      shareOfLimit: shareOfLimit([launch], rates),
    })),
    run,
  }
  const net = modelName(run.model).toLowerCase().replaceAll(' ', '-')
  return {
    name: `${net}-step-${step + 1}.profile.json`,
    text: `${JSON.stringify(content, undefined, 2)}\n`,
  }
}
