import { CLASS_NAMES, RECORD_BYTES, type ShardFile } from './cifar10'
import { DataError } from './errors'
import type { NewMd5 } from './md5'

/** The first byte of an HTML page, and no label. */
export const LESS_THAN = 0x3c

const FETCH_AGAIN = 'Fetch it again: a copy of the official file has exactly these bytes.'

const count = (n: number) => n.toLocaleString('en')

/** Refuses a file of another size than the official one. */
export function checkSize({ name, bytes }: ShardFile, size: number): void {
  if (size === bytes) return
  throw new DataError(
    'wrong-size',
    `${name}: expected ${count(bytes)} bytes, got ${count(size)}.`,
    size < bytes ? `It is incomplete. ${FETCH_AGAIN}` : FETCH_AGAIN,
  )
}

/** Refuses a shard with a label that is no class. */
export function checkLabels({ name }: ShardFile, bytes: Uint8Array): void {
  for (let record = 0; record * RECORD_BYTES < bytes.length; record++) {
    const label = bytes[record * RECORD_BYTES]!
    if (label < CLASS_NAMES.length) continue
    throw new DataError(
      'wrong-label',
      `${name}: record ${count(record)} has the label ${label}, expected 0 to 9.`,
      'This is not CIFAR-10 in its binary version, or it is damaged; take cifar-10-binary.tar.gz.',
    )
  }
}

/** A shard on its way in: it takes no more bytes than it should, and checks them all. */
export class IncomingShard {
  private readonly bytes: Uint8Array<ArrayBuffer>
  private readonly md5
  private received = 0

  constructor(
    private readonly file: ShardFile,
    newMd5: NewMd5,
  ) {
    this.bytes = new Uint8Array(file.bytes)
    this.md5 = newMd5()
  }

  write(chunk: Uint8Array): void {
    if (this.received === 0 && chunk[0] === LESS_THAN) {
      throw new DataError(
        'web-page',
        `${this.file.name} is a web page, not a file of CIFAR-10.`,
        'Open the address in a browser to see what the server says.',
      )
    }
    const end = this.received + chunk.length
    if (end > this.bytes.length) checkSize(this.file, end)
    this.bytes.set(chunk, this.received)
    this.md5.update(chunk)
    this.received = end
  }

  /** The whole shard, found to be the official one. */
  finish(): Uint8Array<ArrayBuffer> {
    checkSize(this.file, this.received)
    checkLabels(this.file, this.bytes)
    const digest = this.md5.hex()
    if (digest !== this.file.md5) {
      throw new DataError(
        'wrong-digest',
        `${this.file.name}: its MD5 is ${digest}, the official file has ${this.file.md5}.`,
        `Its images are damaged or changed. ${FETCH_AGAIN}`,
      )
    }
    return this.bytes
  }
}

/** Reads one shard from a stream; throws `DataError` for anything but the official bytes. */
export async function readShard(
  stream: ReadableStream<Uint8Array>,
  file: ShardFile,
  newMd5: NewMd5,
  onRead: (bytes: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const shard = new IncomingShard(file, newMd5)
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return shard.finish()
      shard.write(value)
      onRead(value.length)
    }
  } catch (error) {
    reader.cancel(error).catch(() => {})
    throw error
  }
}
