import { keyFor, permutation } from '../random/seeded'
import { Draws } from './draws'
import { CLASS_COUNT, IMAGE_BYTES, IMAGE_SIDE, type ImageSource } from './images'
import { Noise } from './noise'
import { SHAPES } from './shapes'

/** The set is the same for everybody, whatever the seed of a run. */
const SEED = 10

const PLANE = IMAGE_SIDE * IMAGE_SIDE
const CENTRE = (IMAGE_SIDE - 1) / 2

type Colour = readonly [number, number, number]

/** How much of a pixel is covered, 0 … 1. */
type Coverage = (x: number, y: number) => number

const clamp = (value: number) => Math.min(1, Math.max(0, value))

/**
 * The built-in set: ten light shapes at any place, size, angle and hue, before a darker background that
 * slopes, with blobs, lines and noise. No pixel by itself tells the class, so that a linear classifier
 * learns little and a small convolutional net nearly all.
 *
 * Picture i is a pure function of i; it is made when it is first read, and kept.
 */
export class Shapes10 implements ImageSource {
  readonly classNames = SHAPES.map(({ name }) => name)
  private readonly made: Uint8Array[] = []
  private readonly canvas = new Float32Array(IMAGE_BYTES)
  private readonly noise = new Noise(keyFor(SEED, 'noise'))
  private readonly labelKey = keyFor(SEED, 'labels')
  private readonly pictureKey = keyFor(SEED, 'pictures')

  read(index: number, target: Uint8Array, offset: number): number {
    const label = this.label(index)
    this.made[index] ??= this.draw(index, label)
    target.set(this.made[index], offset)
    return label
  }

  /** Every ten pictures in a row hold each class once, in an order of their own. */
  private label(index: number): number {
    const ten = Math.floor(index / CLASS_COUNT)
    return permutation(this.labelKey, ten, CLASS_COUNT)[index % CLASS_COUNT]!
  }

  private draw(index: number, label: number): Uint8Array {
    const draws = new Draws(this.pictureKey, index)
    const background = colourBetween(draws, 0, 120)
    this.fillSlope(draws, background)
    for (let blobs = Math.floor(draws.between(1, 4)); blobs > 0; blobs--) this.addBlob(draws)
    for (let lines = Math.floor(draws.between(0, 3)); lines > 0; lines--) this.addLine(draws)
    this.addShape(draws, label)
    this.noise.addTo(this.canvas, draws, draws.between(6, 18))
    return toBytes(this.canvas)
  }

  /** A background that changes from one side to the other around `colour`. */
  private fillSlope(draws: Draws, colour: Colour): void {
    const [towardX, towardY] = draws.direction()
    let i = 0
    for (const middle of colour) {
      const slope = draws.between(-50, 50) / IMAGE_SIDE
      for (let y = 0; y < IMAGE_SIDE; y++) {
        const start = middle + slope * (towardY * (y - CENTRE) - towardX * CENTRE)
        for (let x = 0; x < IMAGE_SIDE; x++) this.canvas[i++] = start + slope * towardX * x
      }
    }
  }

  /** A round spot that fades out, unlike any of the shapes. */
  private addBlob(draws: Draws): void {
    const [x, y, radius] = [draws.between(0, 31), draws.between(0, 31), draws.between(3, 7)]
    this.paint(colourBetween(draws, 0, 220), x, y, radius, (dx, dy) => {
      const inside = Math.max(0, 1 - (dx * dx + dy * dy) / (radius * radius))
      return 0.7 * inside * inside
    })
  }

  /** A thin straight line. */
  private addLine(draws: Draws): void {
    const [x, y, half] = [draws.between(0, 31), draws.between(0, 31), draws.between(4, 12)]
    const [alongX, alongY] = draws.direction()
    this.paint(colourBetween(draws, 0, 220), x, y, half + 1, (dx, dy) => {
      const beyond = Math.abs(dx * alongX + dy * alongY) - half
      const aside = Math.abs(dx * alongY - dy * alongX)
      return clamp(1.1 - Math.max(beyond, aside))
    })
  }

  private addShape(draws: Draws, label: number): void {
    const radius = draws.between(6.5, 12)
    const colour = colourBetween(draws, 130, 255)
    const [cosine, sine] = draws.direction()
    const x = draws.between(radius, IMAGE_SIDE - 1 - radius)
    const y = draws.between(radius, IMAGE_SIDE - 1 - radius)
    const { distance } = SHAPES[label]!
    this.paint(colour, x, y, radius * 1.2, (dx, dy) => {
      const along = (dx * cosine + dy * sine) / radius
      const aside = (dy * cosine - dx * sine) / radius
      return clamp(0.5 - distance(along, aside) * radius)
    })
  }

  /** Lays a colour over the pixels up to `reach` from (x, y), as far as `coverage` lets it. */
  private paint(colour: Colour, x: number, y: number, reach: number, coverage: Coverage): void {
    const { canvas } = this
    const [top, bottom] = [Math.ceil(y - reach), Math.floor(y + reach)]
    const [left, right] = [Math.ceil(x - reach), Math.floor(x + reach)]
    for (let row = Math.max(0, top); row <= Math.min(IMAGE_SIDE - 1, bottom); row++) {
      for (let column = Math.max(0, left); column <= Math.min(IMAGE_SIDE - 1, right); column++) {
        const covered = coverage(column - x, row - y)
        if (covered === 0) continue
        const i = row * IMAGE_SIDE + column
        canvas[i]! += covered * (colour[0] - canvas[i]!)
        canvas[PLANE + i]! += covered * (colour[1] - canvas[PLANE + i]!)
        canvas[2 * PLANE + i]! += covered * (colour[2] - canvas[2 * PLANE + i]!)
      }
    }
  }
}

/** Rounds to bytes. Converting by a Uint8ClampedArray takes twice as long. */
function toBytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length)
  for (let i = 0; i < bytes.length; i++) {
    const value = values[i]!
    bytes[i] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5
  }
  return bytes
}

function colourBetween(draws: Draws, low: number, high: number): Colour {
  return [draws.between(low, high), draws.between(low, high), draws.between(low, high)]
}

/** Opens the built-in set. */
export function shapes10(): ImageSource {
  return new Shapes10()
}
