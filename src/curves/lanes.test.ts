import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LANES } from './lanes'

const CSS = readFileSync('src/ui/colours.css', 'utf8')

type Triple = readonly [number, number, number]

/** What the three colour blindnesses make of linear RGB (Machado et al. 2009, severity 1). */
const VISIONS: Record<string, readonly Triple[]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const times = (matrix: readonly Triple[], v: Triple) =>
  matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple

/** OKLab (Ottosson 2020), in which distances are about as far as they look. */
function oklab(rgb: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map((value) => Math.cbrt(Math.max(0, value))) as unknown as Triple
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  )
}

function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = linear(hex)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

function themeColours(selector: string): Map<string, string> {
  const block = CSS.slice(CSS.indexOf(`${selector} {`)).split('}')[0]!
  return new Map(
    [...block.matchAll(/(--[\w-]+): (#\w{6});/g)].map(([, name, hex]) => [name!, hex!]),
  )
}

const THEMES = { light: ':root', dark: '[data-mantine-color-scheme="dark"]' }

for (const [theme, selector] of Object.entries(THEMES)) {
  const colours = themeColours(selector)
  const lanes = LANES.map((_, lane) => colours.get(`--lane-${lane + 1}`)!)

  test(`lanes stand out from the ${theme} page, and from each other for every eye`, () => {
    for (const lane of lanes) {
      expect(contrast(lane, colours.get('--surface')!)).toBeGreaterThanOrEqual(3)
    }
    for (const vision of Object.values(VISIONS)) {
      const seen = lanes.map((hex) => oklab(times(vision, linear(hex))))
      for (const [i, a] of seen.entries()) {
        for (const b of seen.slice(i + 1)) {
          expect(Math.hypot(...a.map((value, k) => value - b[k]!))).toBeGreaterThan(0.1)
        }
      }
    }
  })
}

test('exported charts have the light page’s colours', () => {
  const colours = themeColours(':root')
  expect(LANES.map(({ colour }) => colour)).toEqual(
    LANES.map((_, lane) => colours.get(`--lane-${lane + 1}`)),
  )
})

test('no two lanes have the same dash or marker', () => {
  expect(new Set(LANES.map(({ dash }) => dash)).size).toBe(LANES.length)
  expect(new Set(LANES.map(({ marker }) => marker)).size).toBe(LANES.length)
})
