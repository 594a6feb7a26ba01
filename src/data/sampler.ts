import type { Key } from '../random/philox'
import { philox } from '../random/philox'
import { below, keyFor, permutation } from '../random/seeded'
import type { RunConfig } from '../run/config'
import { IMAGE_BYTES, type ImageSource } from './images'

/** The label of a place in a batch that holds no image: the loss passes it over. */
export const NO_LABEL = 0xffff_ffff

/** Black pixels that a crop may take in beyond each edge. */
const PADDING = 4

/** What a step works on, a row an image. */
export interface Batch {
  pixels: Uint8Array<ArrayBuffer>
  labels: Uint32Array<ArrayBuffer>
  /**
   * Rows (dy, dx, flip). Output pixel (y, x) is source pixel (y + dy, x' + dx), where x' is
   * 31 − x if flip is 1 and x if it is 0: first cropped, then mirrored. Beyond the source the
   * *normalised* value is 0, as He et al. pad after subtracting the mean.
   */
  crops: Int32Array<ArrayBuffer>
}

/**
 * Decides which images a step sees and how they are cropped, by the seed and the step alone: steps
 * may be asked for in any order. The stream of training images has positions step · batch + i, and
 * position p is image p mod train of epoch ⌊p / train⌋, so a batch may reach into the next epoch.
 */
export class Sampler {
  private readonly batch: Batch
  private readonly shuffleKey: Key
  private readonly augmentKey: Key
  private epoch = -1
  private order: Uint32Array = new Uint32Array(0)

  constructor(
    private readonly source: ImageSource,
    private readonly run: Pick<RunConfig, 'seed' | 'data' | 'train'>,
  ) {
    const { batchSize } = run.train
    this.batch = {
      pixels: new Uint8Array(batchSize * IMAGE_BYTES),
      labels: new Uint32Array(batchSize),
      crops: new Int32Array(batchSize * 3),
    }
    this.shuffleKey = keyFor(run.seed, 'shuffle')
    this.augmentKey = keyFor(run.seed, 'augment')
  }

  /** The batch of a training step. It is overwritten by the next call of either method. */
  training(step: number): Batch {
    const { pixels, labels, crops } = this.batch
    for (let i = 0; i < labels.length; i++) {
      const position = step * labels.length + i
      labels[i] = this.source.read(this.imageAt(position), pixels, i * IMAGE_BYTES)
      crops.set(this.cropAt(position), i * 3)
    }
    return this.batch
  }

  /** Images `first` … `first` + `count` − 1 as they are; places left over hold no image. */
  evaluation(first: number, count: number): Batch {
    const { pixels, labels, crops } = this.batch
    for (let i = 0; i < count; i++) {
      labels[i] = this.source.read(first + i, pixels, i * IMAGE_BYTES)
    }
    pixels.fill(0, count * IMAGE_BYTES)
    labels.fill(NO_LABEL, count)
    crops.fill(0)
    return this.batch
  }

  private imageAt(position: number): number {
    const { train, order } = this.run.data
    const place = position % train
    if (order === 'sequential') return place
    const epoch = Math.floor(position / train)
    if (epoch !== this.epoch) {
      this.order = permutation(this.shuffleKey, epoch, train)
      this.epoch = epoch
    }
    return this.order[place]!
  }

  private cropAt(position: number): readonly [dy: number, dx: number, flip: number] {
    if (this.run.data.augment === 'none') return [0, 0, 0]
    const words = philox(this.augmentKey, position, Math.floor(position / 0x1_0000_0000))
    const shift = (word: number) => below(word, 2 * PADDING + 1) - PADDING
    return [shift(words[0]), shift(words[1]), below(words[2], 2)]
  }
}
