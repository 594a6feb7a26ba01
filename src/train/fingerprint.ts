import type { NamedTensors } from './trainer'

/**
 * SHA-256, in hexadecimal, over a text and then every tensor in order: the text and the names and
 * shapes as JSON, and the values as the bytes of little-endian float32.
 */
export async function digest(text: string, tensors: NamedTensors): Promise<string> {
  const names = Array.from(tensors, ([name, { shape }]) => [name, shape])
  const head = new TextEncoder().encode(JSON.stringify([text, names]))
  const values = Array.from(
    tensors.values(),
    ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  )
  return sha256([head, ...values])
}

/** SHA-256, in hexadecimal, over bytes one after another. */
export async function sha256(parts: readonly Uint8Array[]): Promise<string> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What two runs' weights are compared by: equal only where every bit of every tensor is. */
export function fingerprint(tensors: NamedTensors): Promise<string> {
  return digest('weights', tensors)
}
