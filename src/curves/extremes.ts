/** Points of which the lowest and the highest are kept. */
const BLOCK = 64

/** Where each whole block of a column has its extremes. */
interface Blocks {
  lows: number[]
  highs: number[]
}

/** By the memory of a column: what has once been appended to it does not change. */
const kept = new WeakMap<ArrayBufferLike, Blocks>()

/**
 * Where the lowest and the highest value of a stretch are; NaN is neither, if there are others.
 * Within whole blocks of 64 it looks only at what it found there before.
 */
export function extremes(y: Float64Array, start: number, end: number): [low: number, high: number] {
  const [first, last] = [Math.ceil((start + 1) / BLOCK), Math.floor(end / BLOCK)]
  if (y.byteOffset > 0 || last <= first) return scanned(y, start, end)
  const { lows, highs } = blocksOf(y, last)
  let [low, high] = scanned(y, start, first * BLOCK)
  const take = (lower: number, higher: number) => {
    if (y[lower]! < y[low]! || Number.isNaN(y[low]!)) low = lower
    if (y[higher]! > y[high]! || Number.isNaN(y[high]!)) high = higher
  }
  for (let block = first; block < last; block++) take(lows[block]!, highs[block]!)
  if (last * BLOCK < end) take(...scanned(y, last * BLOCK, end))
  return [low, high]
}

/** The blocks of a column, at least the first `count`. */
function blocksOf(y: Float64Array, count: number): Blocks {
  let blocks = kept.get(y.buffer)
  if (!blocks) {
    blocks = { lows: [], highs: [] }
    kept.set(y.buffer, blocks)
  }
  for (let block = blocks.lows.length; block < count; block++) {
    const [low, high] = scanned(y, block * BLOCK, (block + 1) * BLOCK)
    blocks.lows.push(low)
    blocks.highs.push(high)
  }
  return blocks
}

function scanned(y: Float64Array, start: number, end: number): [low: number, high: number] {
  let [low, high] = [start, start]
  for (let i = start + 1; i < end; i++) {
    const value = y[i]!
    if (value < y[low]! || Number.isNaN(y[low]!)) low = i
    if (value > y[high]! || Number.isNaN(y[high]!)) high = i
  }
  return [low, high]
}
