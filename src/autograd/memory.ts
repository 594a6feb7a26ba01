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

/** When a colour is in use, as disjoint spans in rising order. */
class Colour {
  private readonly spans: Lifetime[] = []

  constructor(readonly buffer: number) {}

  /** Takes the variable, or says no where the colour is in use meanwhile. */
  take(lifetime: Lifetime): boolean {
    let [low, high] = [0, this.spans.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.spans[middle]!.to < lifetime.from) low = middle + 1
      else high = middle
    }
    const next = this.spans[low]
    if (next && next.from <= lifetime.to) return false
    this.spans.splice(low, 0, lifetime)
    return true
  }
}

/** Largest first: each variable takes the first colour that is free while it lives. */
function colour(
  lifetimes: readonly Lifetime[],
  buffers: PlannedBuffer[],
  ranges: Map<Variable, PlannedRange>,
): void {
  const bytesOf = new Map(lifetimes.map((one) => [one, byteLength(one.variable.type)]))
  const colours: Colour[] = []
  for (const lifetime of lifetimes.toSorted((a, b) => bytesOf.get(b)! - bytesOf.get(a)!)) {
    const { variable } = lifetime
    const bytes = bytesOf.get(lifetime)!
    const found = colours.find((one) => one.take(lifetime))
    const buffer = found?.buffer ?? buffers.push({ label: variable.label, bytes }) - 1
    if (!found) {
      const made = new Colour(buffer)
      made.take(lifetime)
      colours.push(made)
    }
    ranges.set(variable, { buffer, offset: 0, bytes })
  }
}
