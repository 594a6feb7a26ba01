import fc from 'fast-check'

/** What may happen to a file: bits that flip, an end that is missing, bytes that are put in or moved. */
export type Damage = (file: Uint8Array) => Uint8Array<ArrayBuffer>

const place = fc.double({ min: 0, max: 1, noNaN: true })
const bytes = fc.uint8Array({ minLength: 1, maxLength: 16 })

const at = (file: Uint8Array, share: number) =>
  Math.min(file.length - 1, Math.floor(share * file.length))

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts))
}

/** One accident of any kind, anywhere in a file. */
export const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, fc.nat(7)).map(
    ([where, bit]): Damage =>
      (file) => {
        const flipped = joined(file)
        flipped[at(file, where)]! ^= 1 << bit
        return flipped
      },
  ),
  place.map(
    (where): Damage =>
      (file) =>
        joined(file.subarray(0, at(file, where))),
  ),
  fc.tuple(place, bytes).map(
    ([where, inserted]): Damage =>
      (file) => {
        const i = at(file, where)
        return joined(file.subarray(0, i), inserted, file.subarray(i))
      },
  ),
  fc.tuple(place, bytes).map(
    ([where, written]): Damage =>
      (file) => {
        const i = at(file, where)
        return joined(file.subarray(0, i), written, file.subarray(i + written.length))
      },
  ),
  fc.tuple(place, place).map(
    ([where, from]): Damage =>
      (file) => {
        return joined(file.subarray(0, at(file, where)), file.subarray(at(file, from)))
      },
  ),
)
