/** Bytes of one picture: planes R, G, B of 32 × 32, rows top to bottom, as CIFAR-10 stores them. */
export const IMAGE_BYTES = 3072
export const IMAGE_SIDE = 32
export const CLASS_COUNT = 10

/** Pictures with labels, read by position. */
export interface ImageSource {
  readonly classNames: readonly string[]
  /** Writes picture `index` to `target` at `offset` (IMAGE_BYTES bytes) and returns its label. */
  read(index: number, target: Uint8Array, offset: number): number
}
