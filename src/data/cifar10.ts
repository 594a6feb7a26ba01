import { IMAGE_BYTES, type ImageSource } from './images'

/** A record is the label and the picture. */
export const RECORD_BYTES = 1 + IMAGE_BYTES

export const ARCHIVE_NAME = 'cifar-10-binary.tar.gz'
/** The folder that the official archive unpacks to. */
export const FOLDER_NAME = 'cifar-10-batches-bin'

export const CLASS_NAMES: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
]

/** One of the files that the training images come in, in order: a shard. */
export interface ShardFile {
  name: string
  bytes: number
  md5: string
}

const SHARD_BYTES = 10_000 * RECORD_BYTES

/** The five official training files. */
export const OFFICIAL_FILES: readonly ShardFile[] = [
  { name: 'data_batch_1.bin', bytes: SHARD_BYTES, md5: '5dd7e06a14cb22eb9f671a540d1b7c25' },
  { name: 'data_batch_2.bin', bytes: SHARD_BYTES, md5: '5ea93a67294ea407fff1d09f752e9692' },
  { name: 'data_batch_3.bin', bytes: SHARD_BYTES, md5: '942cd6a4bcdd0dd3c604fbe906cb4421' },
  { name: 'data_batch_4.bin', bytes: SHARD_BYTES, md5: 'ae636b3ba5c66a11e91e8cb52e771fcb' },
  { name: 'data_batch_5.bin', bytes: SHARD_BYTES, md5: '53f37980c15c3d472c316c40844f3f0d' },
]

/** Every shard's number, counted from 1 as in the files' names. */
export function shardNumbers(files: readonly ShardFile[]): number[] {
  return files.map((_, i) => i + 1)
}

/** The CIFAR-10 training images of the shards that are there so far. */
export class Cifar10 implements ImageSource {
  readonly classNames = CLASS_NAMES
  private readonly shards: (Uint8Array | undefined)[]
  private readonly imagesPerShard: number

  constructor(private readonly files: readonly ShardFile[] = OFFICIAL_FILES) {
    this.shards = files.map(() => undefined)
    this.imagesPerShard = files[0]!.bytes / RECORD_BYTES
  }

  /** Takes in a shard that has been checked. */
  add(shard: number, bytes: Uint8Array): void {
    this.shards[shard - 1] = bytes
  }

  /** The numbers of the shards that are there. */
  get ready(): number[] {
    return shardNumbers(this.files).filter((shard) => this.shards[shard - 1])
  }

  /** The shards that a split needs and that are not there. */
  missing(train: number, validation: number): number[] {
    const needed = shardsOfSplit(train, validation, this.files)
    return needed.filter((shard) => !this.shards[shard - 1])
  }

  read(index: number, target: Uint8Array, offset: number): number {
    const shard = Math.floor(index / this.imagesPerShard)
    const bytes = this.shards[shard]
    if (!bytes) {
      const name = this.files[shard]?.name ?? 'no file of CIFAR-10'
      throw new Error(`CIFAR-10: image ${index} is in ${name}, which has not been loaded`)
    }
    const at = (index % this.imagesPerShard) * RECORD_BYTES
    target.set(bytes.subarray(at + 1, at + RECORD_BYTES), offset)
    return bytes[at]!
  }
}

/** The shards that hold the first `train` and the last `validation` images. */
export function shardsOfSplit(
  train: number,
  validation: number,
  files: readonly ShardFile[] = OFFICIAL_FILES,
): number[] {
  const images = files[0]!.bytes / RECORD_BYTES
  const validationStart = files.length * images - validation
  return shardNumbers(files).filter(
    (shard) => (shard - 1) * images < train || shard * images > validationStart,
  )
}
