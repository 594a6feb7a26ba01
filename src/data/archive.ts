import { createTarDecoder, type ParsedTarEntry } from 'modern-tar'
import { ARCHIVE_NAME, OFFICIAL_FILES, type ShardFile, shardNumbers } from './cifar10'
import { DataError } from './errors'
import type { NewMd5 } from './md5'
import { checkSize, LESS_THAN, readShard } from './shard'

export interface Shard {
  /** 1 … 5, as in the file's name. */
  number: number
  bytes: Uint8Array<ArrayBuffer>
}

export interface ArchiveOptions {
  newMd5: NewMd5
  /** The shards to read; all others are passed over. */
  wanted?: readonly number[]
  files?: readonly ShardFile[]
  /** Told of each piece of the packed archive that was read. */
  onRead?: (bytes: number) => void
}

/** Entries that the official archive has at most, and what it unpacks to, in training files. */
const [MOST_ENTRIES, MOST_SIZES] = [64, 2]

const TAKE_OFFICIAL = `Take the official archive, ${ARCHIVE_NAME}.`
const FETCH_AGAIN = `Fetch ${ARCHIVE_NAME} again.`

/**
 * Unpacks the training files of the official archive one after another while it comes in, and
 * checks each against its digest. Memory holds one file at a time; reading ends with the last file
 * wanted. Throws `DataError`, or whatever the stream itself fails with.
 */
export async function* readArchive(
  stream: ReadableStream<Uint8Array>,
  { newMd5, files = OFFICIAL_FILES, wanted = shardNumbers(files), onRead }: ArchiveOptions,
): AsyncGenerator<Shard, void> {
  const left = new Set(wanted)
  const most = MOST_SIZES * files.reduce((sum, { bytes }) => sum + bytes, 0)
  const packed = new PackedInput(stream, most, onRead)
  const entries = packed.unpacked.pipeThrough(createTarDecoder()).getReader()
  let pythonVersion = false
  try {
    for (let count = 0; left.size > 0; count++) {
      const { done, value: entry } = await entries.read()
      if (done) throw ended(files, left, pythonVersion)
      if (count === MOST_ENTRIES) throw tooMuch(`${MOST_ENTRIES} files`)
      const name = entry.header.name.split('/').at(-1)!
      const number = files.findIndex((file) => file.name === name) + 1
      refuseOversized(entry, files)
      pythonVersion ||= name === 'data_batch_1'
      if (left.delete(number)) {
        yield { number, bytes: await readEntry(entry, files[number - 1]!, newMd5) }
      } else {
        // Drained, not cancelled: modern-tar 0.8.6 takes the cancelling of a small body that it has
        // already queued for one of the entry after it, which then never ends.
        await entry.body.pipeTo(new WritableStream())
      }
    }
  } catch (error) {
    throw packed.failure ?? (error instanceof DataError ? error : damaged(error))
  } finally {
    packed.stop()
    entries.cancel().catch(() => {})
  }
}

/** Unpacks gzip, and remembers what the source failed with: a pipe may pass on another error. */
class PackedInput {
  readonly unpacked: ReadableStream<Uint8Array>
  failure: unknown
  private readonly source: ReadableStreamDefaultReader<Uint8Array>
  private readonly decoder: WritableStreamDefaultWriter<BufferSource>

  constructor(
    stream: ReadableStream<Uint8Array>,
    most: number,
    private readonly onRead: (bytes: number) => void = () => {},
  ) {
    this.source = stream.getReader()
    const { readable, writable } = new DecompressionStream('gzip')
    this.decoder = writable.getWriter()
    // What the decoder refuses reaches the reader of its other end.
    this.decoder.closed.catch(() => {})
    this.unpacked = limited(readable, most)
    this.feed()
  }

  stop(): void {
    this.source.cancel().catch(() => {})
    this.decoder.abort().catch(() => {})
  }

  private async feed(): Promise<void> {
    try {
      for (let first = true; ; first = false) {
        const { done, value } = await this.read(first)
        if (done) return await this.decoder.close()
        await this.decoder.ready
        await this.decoder.write(value as Uint8Array<ArrayBuffer>)
      }
    } catch {
      this.stop()
    }
  }

  private async read(first: boolean): Promise<ReadableStreamReadResult<Uint8Array>> {
    try {
      const result = await this.source.read()
      if (first && result.value) checkGzip(result.value)
      this.onRead(result.value?.length ?? 0)
      return result
    } catch (error) {
      this.failure = error
      throw error
    }
  }
}

/**
 * The same stream up to its limit. Cancelling it only stops the reading: a decoder of Node 20 whose
 * output is cancelled while it computes brings the process down.
 */
function limited(stream: ReadableStream<Uint8Array>, most: number): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  let left = most
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) return controller.close()
        left -= value.length
        if (left < 0) throw tooMuch(`${most} bytes`)
        controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
}

function checkGzip(start: Uint8Array): void {
  if (start[0] === 0x1f && (start.length === 1 || start[1] === 0x8b)) return
  if (start[0] === LESS_THAN) {
    throw new DataError(
      'web-page',
      'This is a web page, not the archive.',
      `Open the address in a browser to see what the server says. ${TAKE_OFFICIAL}`,
    )
  }
  throw new DataError('damaged', 'This is not a gzip archive.', TAKE_OFFICIAL)
}

/** No entry of the official archive is larger than a shard. */
function refuseOversized({ header }: ParsedTarEntry, files: readonly ShardFile[]): void {
  const largest = Math.max(...files.map(({ bytes }) => bytes))
  if (header.size <= largest) return
  throw new DataError(
    'wrong-size',
    `${header.name} claims ${header.size} bytes, more than any file of the archive has (${largest}).`,
    TAKE_OFFICIAL,
  )
}

function tooMuch(than: string): DataError {
  return new DataError(
    'damaged',
    `It unpacks to more than ${than}, which is more than the official archive has.`,
    TAKE_OFFICIAL,
  )
}

async function readEntry({ header, body }: ParsedTarEntry, file: ShardFile, newMd5: NewMd5) {
  checkSize(file, header.size)
  let received = 0
  try {
    return await readShard(body, file, newMd5, (bytes) => {
      received += bytes
    })
  } catch (error) {
    const short = error instanceof DataError && error.fault === 'wrong-size'
    throw short ? truncated(`in ${file.name}, after ${received} of ${file.bytes} bytes`) : error
  }
}

function ended(files: readonly ShardFile[], left: ReadonlySet<number>, pythonVersion: boolean) {
  const names = [...left].map((number) => files[number - 1]!.name).join(', ')
  if (pythonVersion) {
    return new DataError(
      'missing',
      'This archive is the Python version of CIFAR-10.',
      TAKE_OFFICIAL,
    )
  }
  return new DataError(
    'missing',
    `The archive ends without ${names}.`,
    `It is incomplete or another one. ${TAKE_OFFICIAL}`,
  )
}

function truncated(where: string, cause?: unknown) {
  return new DataError('truncated', `The archive ends early: ${where}.`, FETCH_AGAIN, { cause })
}

function damaged(cause: unknown) {
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (/truncated|unexpected end/i.test(reason)) return truncated(reason, cause)
  return new DataError(
    'damaged',
    `The archive is damaged and cannot be unpacked (${reason}).`,
    FETCH_AGAIN,
    { cause },
  )
}
