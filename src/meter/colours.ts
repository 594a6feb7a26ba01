import type { ScaleKind } from './quantities'

type Colour = readonly [red: number, green: number, blue: number]

/**
 * Cividis: even steps of lightness that are read the same with and without red-green blindness
 * (Nuñez, Anderton and Renslow 2018), at ten places.
 */
const CIVIDIS: readonly Colour[] = [
  ...([
    [0, 34, 78],
    [18, 53, 112],
    [59, 73, 108],
    [87, 93, 109],
    [112, 113, 115],
  ] as const),
  ...([
    [138, 134, 120],
    [165, 156, 116],
    [195, 179, 105],
    [225, 204, 85],
    [254, 232, 56],
  ] as const),
]

/** Blue for what is below 0, orange above, light about it. */
const BLUE_TO_ORANGE: readonly Colour[] = [
  ...([
    [0, 68, 136],
    [86, 140, 190],
    [232, 232, 228],
    [224, 140, 66],
    [153, 61, 0],
  ] as const),
]

/** The colour at a share of a scale, from 0 to 1. */
export function colourAt(kind: ScaleKind, share: number): Colour {
  const stops = kind === 'signed' ? BLUE_TO_ORANGE : CIVIDIS
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1)
  const i = Math.min(stops.length - 2, Math.floor(place))
  const mixed = stops[i]!.map((from, c) =>
    Math.round(from + (place - i) * (stops[i + 1]![c]! - from)),
  )
  return mixed as unknown as Colour
}

/** The scale as a CSS gradient, for its legend. */
export function gradientOf(kind: ScaleKind): string {
  const stops = kind === 'signed' ? BLUE_TO_ORANGE : CIVIDIS
  return `linear-gradient(to right, ${stops.map((colour) => `rgb(${colour.join(' ')})`).join(', ')})`
}
