import { sha256 } from './fingerprint'
import type { NamedTensors, Trainer } from './trainer'

/** How equal several trainers start, as read back from the GPU. */
export interface EqualStart {
  /** SHA-256 of each one's first batch: pixels, crops and labels. */
  batches: readonly string[]
  /** Parameters and running estimates that more than one has, by name and shape. */
  sharedTensors: number
  /** The numbers in them, counted once. */
  sharedValues: number
  /** Names of those that are not the same everywhere to the bit. */
  unequal: readonly string[]
}

/** Compares what trainers at one step are about to train, and on what. */
export async function compareStarts(trainers: readonly Trainer[]): Promise<EqualStart> {
  const batches: string[] = []
  const nets: NamedTensors[] = []
  for (const trainer of trainers) {
    const parts = await trainer.readBatch()
    batches.push(await sha256(parts.map((part) => new Uint8Array(part))))
    nets.push(await trainer.readTensors())
  }
  return { batches, ...compareTensors(nets) }
}

/** Compares the tensors that several nets have under one name and in one shape. */
export function compareTensors(nets: readonly NamedTensors[]): Omit<EqualStart, 'batches'> {
  const groups = new Map<string, { name: string; copies: Float32Array[] }>()
  for (const [name, { shape, data }] of nets.flatMap((net) => [...net])) {
    const key = JSON.stringify([name, shape])
    const { copies } = groups.get(key) ?? groups.set(key, { name, copies: [] }).get(key)!
    copies.push(data)
  }
  const shared = [...groups.values()].filter(({ copies }) => copies.length > 1)
  const differing = shared.filter(({ copies: [first, ...others] }) =>
    others.some((copy) => !sameBits(first!, copy)),
  )
  return {
    sharedTensors: shared.length,
    sharedValues: shared.reduce((sum, { copies }) => sum + copies[0]!.length, 0),
    unequal: [...new Set(differing.map(({ name }) => name))],
  }
}

function bits({ buffer, byteOffset, length }: Float32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length)
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  const [ours, theirs] = [bits(a), bits(b)]
  return ours.every((word, i) => word === theirs[i])
}
