import type { NodePictures, Picture, SlowStep } from '../worker/protocol'

export type { Picture }

/** A slow step with the names of the pictures' classes. */
export type ShownStep = SlowStep & { classes: readonly string[] }

/** What is shown at one moment of a slow step. */
export type Frame =
  | { pass: 'forward' | 'backward'; node: NodePictures; picture: Picture }
  | { pass: 'loss' }
  | { pass: 'update' }

/** A slow step in the order in which it is played: to the loss, back, and the update. */
export function framesOf({ nodes }: SlowStep): Frame[] {
  const forward = nodes.map((node): Frame => ({ pass: 'forward', node, picture: node.value }))
  const backward = nodes.toReversed().flatMap((node): Frame[] => {
    const { gradient } = node
    return gradient ? [{ pass: 'backward', node, picture: gradient }] : []
  })
  return [...forward, { pass: 'loss' }, ...backward, { pass: 'update' }]
}

/** A picture's channel as pixels in RGBA: one colour for each sign, the more of it the larger. */
export function pixelsOf(
  { channels }: Picture,
  channel: number,
  count: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * count)
  for (let i = 0; i < count; i++) {
    const value = channels[channel * count + i]!
    pixels.set(value < 0 ? NEGATIVE : POSITIVE, 4 * i)
    pixels[4 * i + 3] = 2 * Math.abs(value)
  }
  return pixels
}

const NEGATIVE = [0, 114, 178]
const POSITIVE = [231, 90, 0]
