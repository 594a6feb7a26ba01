import type { Launch } from '../gpu/launch'
import type { Variable } from '../shaders/op'
import { byteLength } from '../shaders/tensor'
import type { Place } from './arena'

/** A buffer of the plan: one that lives as long as the program, or a colour that variables share. */
export interface PlannedBuffer {
  label: string
  bytes: number
}

export interface PlannedRange {
  buffer: number
  offset: number
  bytes: number
}

export interface MemoryPlan {
  buffers: readonly PlannedBuffer[]
  ranges: ReadonlyMap<Variable, PlannedRange>
  /** Of all buffers together. */
  bytes: number
}

/** From the first write to the last read, as indices of launches. */
interface Lifetime {
  variable: Variable
  from: number
  to: number
}

/**
 * Gives every variable of the launches a place: those in `places` in their slab, those in `kept`
 * a buffer of their own, and the rest a colour, a buffer shared by variables that never live at
 * the same time. A dispatch may not read and write one buffer, which colouring rules out as well.
 */
export function planMemory(
  launches: readonly Launch<Variable>[],
  places: ReadonlyMap<Variable, Place>,
  kept: ReadonlySet<Variable>,
): MemoryPlan {
  const buffers: PlannedBuffer[] = []
  const ranges = new Map<Variable, PlannedRange>()
  const own = (variable: Variable): PlannedRange => {
    const bytes = byteLength(variable.type)
    const buffer = buffers.push({ label: variable.label, bytes }) - 1
    return { buffer, offset: 0, bytes }
  }

  for (const variable of kept) ranges.set(variable, own(variable))
  for (const [variable, { slab, offset }] of places) {
    if (!ranges.has(slab)) ranges.set(slab, own(slab))
    const { buffer } = ranges.get(slab)!
    ranges.set(variable, { buffer, offset, bytes: byteLength(variable.type) })
  }
  colour(lifetimes(launches, ranges), buffers, ranges)
  return { buffers, ranges, bytes: buffers.reduce((sum, { bytes }) => sum + bytes, 0) }
}

function lifetimes(
  launches: readonly Launch<Variable>[],
  placed: ReadonlyMap<Variable, PlannedRange>,
): Lifetime[] {
  const found = new Map<Variable, Lifetime>()
  for (const [i, { reads, writes, uniforms = [] }] of launches.entries()) {
    for (const variable of [...reads, ...uniforms]) {
      if (!placed.has(variable) && !found.has(variable)) {
        throw new Error(`"${variable.label}" is read before anything is written to it`)
      }
    }
    for (const variable of [...reads, ...writes, ...uniforms]) {
      if (placed.has(variable)) continue
      const lifetime = found.get(variable)
      if (lifetime) lifetime.to = i
      else found.set(variable, { variable, from: i, to: i })
    }
  }
  return [...found.values()]
}

/** Greedy by time: a new variable takes the free colour whose size fits it best. */
function colour(
  lifetimes: readonly Lifetime[],
  buffers: PlannedBuffer[],
  ranges: Map<Variable, PlannedRange>,
): void {
  const free: number[] = []
  let busy: { to: number; buffer: number }[] = []
  for (const { variable, from, to } of lifetimes) {
    free.push(...busy.filter((entry) => entry.to < from).map((entry) => entry.buffer))
    busy = busy.filter((entry) => entry.to >= from)
    const bytes = byteLength(variable.type)
    const buffer = takeBest(free, buffers, bytes) ?? newColour(buffers)
    const planned = buffers[buffer]!
    if (bytes > planned.bytes) {
      planned.bytes = bytes
      planned.label = variable.label
    }
    ranges.set(variable, { buffer, offset: 0, bytes })
    busy.push({ to, buffer })
  }
}

function newColour(buffers: PlannedBuffer[]): number {
  return buffers.push({ label: '', bytes: 0 }) - 1
}

/** The smallest free colour that is large enough, or else the largest, which then grows. */
function takeBest(free: number[], buffers: PlannedBuffer[], bytes: number): number | undefined {
  if (free.length === 0) return undefined
  const size = (i: number) => buffers[free[i]!]!.bytes
  let best = 0
  for (let i = 1; i < free.length; i++) {
    const fits = size(i) >= bytes
    const better = size(best) >= bytes ? fits && size(i) < size(best) : size(i) > size(best)
    if (better) best = i
  }
  return free.splice(best, 1)[0]
}
