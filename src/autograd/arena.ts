import { BINDING_ALIGNMENT, UNIFORM_BYTES } from '../gpu/launch'
import type { Variable } from '../shaders/op'
import { byteLength, type TensorType, tensorType } from '../shaders/tensor'

/**
 * Every adapter can bind 128 MiB of a buffer at once: with room behind the last variable, so that each
 * can be bound as a uniform of the full length.
 */
const SLAB_BYTES = 128 * 1024 * 1024 - UNIFORM_BYTES

/** A variable's place inside a slab, one of the long-lived buffers. */
export interface Place {
  slab: Variable
  offset: number
}

/**
 * Long-lived variables laid one after another into few large slabs, so that one dispatch can walk
 * over all of them. Arenas that are given the same types in the same order have the same layout.
 */
export class Arena {
  readonly places = new Map<Variable, Place>()
  private readonly ends: number[] = []
  private readonly members: { variable: Variable; slab: number; offset: number }[] = []
  private sealed: Variable[] | undefined

  constructor(private readonly label: string) {}

  add(label: string, type: TensorType): Variable {
    if (this.sealed) throw new Error(`${this.label}: "${label}" comes after the layout was made`)
    const bytes = Math.ceil(byteLength(type) / BINDING_ALIGNMENT) * BINDING_ALIGNMENT
    let slab = this.ends.length - 1
    if (slab < 0 || this.ends[slab]! + bytes > SLAB_BYTES) slab = this.ends.push(0) - 1
    const variable = { label, type }
    this.members.push({ variable, slab, offset: this.ends[slab]! })
    this.ends[slab]! += bytes
    return variable
  }

  /** The slabs as variables of their own; nothing can be added afterwards. */
  slabs(): readonly Variable[] {
    if (this.sealed) return this.sealed
    const slabs = this.ends.map((bytes, i) => ({
      label: `${this.label} ${i}`,
      type: tensorType('i', [(bytes + UNIFORM_BYTES) / 4]),
    }))
    for (const { variable, slab, offset } of this.members) {
      this.places.set(variable, { slab: slabs[slab]!, offset })
    }
    this.sealed = slabs
    return slabs
  }

  get variables(): readonly Variable[] {
    return this.members.map(({ variable }) => variable)
  }
}
