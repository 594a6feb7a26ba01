import type { LaunchProfile, StepProfile } from '../worker/protocol'
import { gigaPerSecond } from './profile'

const GROUP = 'Residual Playground'

/** The palette of Chrome's performance panel. */
const COLOUR = { forward: 'primary', backward: 'secondary', update: 'tertiary' } as const

type Tracks = Pick<Performance, 'timeOrigin' | 'measure' | 'clearMeasures' | 'getEntriesByType'>

/**
 * Puts a profiled step on two tracks of Chrome's performance panel, its kernels and its layers, in
 * the place of the step before. They show in a recording that was on while the step was made.
 */
export function showTracks(profile: StepProfile, performance: Tracks): void {
  for (const { name } of performance.getEntriesByType('measure')) {
    if (name.startsWith(`${GROUP}: `)) performance.clearMeasures(name)
  }
  const start = profile.startedAt - performance.timeOrigin
  for (const launch of profile.launches) {
    entry(performance, 'Kernels', launch.kernel, launch, start, [['layer', launch.layer]])
  }
  for (const span of layerSpans(profile.launches)) {
    entry(performance, 'Layers', span.layer, span, start, [['launches', String(span.launches)]])
  }
}

function entry(
  performance: Tracks,
  track: string,
  title: string,
  { pass, start, milliseconds, flops, bytes }: Omit<LaunchProfile, 'kernel' | 'layer'>,
  stepStart: number,
  about: [string, string][],
): void {
  const rate = (amount: number, unit: string): [string, string][] => {
    const found = gigaPerSecond(amount, milliseconds)
    return found === undefined ? [] : [[unit, found.toPrecision(3)]]
  }
  const from = stepStart + start
  performance.measure(`${GROUP}: ${title}`, {
    start: from,
    end: from + milliseconds,
    detail: {
      devtools: {
        dataType: 'track-entry',
        trackGroup: GROUP,
        track,
        color: COLOUR[pass],
        tooltipText: `${title} (${pass}): ${milliseconds.toFixed(3)} ms`,
        properties: [...about, ['pass', pass], ...rate(flops, 'GFLOP/s'), ...rate(bytes, 'GB/s')],
      },
    },
  })
}

type LayerSpan = Omit<LaunchProfile, 'kernel'> & { launches: number }

/** Launches of one layer and pass that follow each other, as one. */
function layerSpans(launches: readonly LaunchProfile[]): LayerSpan[] {
  const spans: LayerSpan[] = []
  for (const { kernel: _, ...launch } of launches) {
    const last = spans.at(-1)
    if (last?.layer !== launch.layer || last.pass !== launch.pass) {
      spans.push({ ...launch, launches: 1 })
      continue
    }
    last.milliseconds = launch.start + launch.milliseconds - last.start
    last.flops += launch.flops
    last.bytes += launch.bytes
    last.launches++
  }
  return spans
}
