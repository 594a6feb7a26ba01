import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { ARCHIVE_NAME } from '../src/data/cifar10'
import { DataError } from '../src/data/errors'
import { streamFile } from '../src/data/folder'

/** An archive on its way: what was kept of an earlier try, then what the server still sends. */
export interface Download {
  stream: ReadableStream<Uint8Array>
  /** Bytes that an earlier try left. */
  kept: number
  /** Bytes of the whole archive, where the server tells. */
  total: number | null
}

const BY_HAND = `Try again, or fetch ${ARCHIVE_NAME} by hand and name it in CIFAR10_DIR or drop it on the page.`

/**
 * Opens the archive at `url`. All that comes is also kept in `partFile`, and a later call goes on
 * from there where the server understands ranges, and begins anew where not.
 */
export async function openDownload(
  url: string,
  partFile: string,
  signal: AbortSignal,
): Promise<Download> {
  const before = await stat(partFile).catch(() => undefined)
  const asked = before?.size ?? 0
  const response = await request(url, asked, signal)
  if (response.status === 416) {
    await discard(response, partFile)
    return openDownload(url, partFile, signal)
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    throw new DataError(
      'network',
      `${url} answered ${response.status} ${response.statusText}.`,
      BY_HAND,
    )
  }
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '')
  if (response.status === 206 && Number(range?.[1]) !== asked) {
    await discard(response, partFile)
    return openDownload(url, partFile, signal)
  }
  const kept = response.status === 206 ? asked : 0
  const length = response.headers.get('content-length')
  const total = range ? Number(range[2]) : length === null ? null : Number(length)
  if (kept === 0) await rm(partFile, { force: true })
  await mkdir(dirname(partFile), { recursive: true })
  const pieces = keptThenReceived(partFile, kept, response.body, total)
  return {
    stream: Readable.toWeb(Readable.from(pieces)) as ReadableStream<Uint8Array>,
    kept,
    total,
  }
}

async function request(url: string, from: number, signal: AbortSignal): Promise<Response> {
  // A server that calls .gz an encoding would have it undone on the way, and ranges with it.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' }
  if (from > 0) headers.range = `bytes=${from}-`
  try {
    return await fetch(url, { headers, signal })
  } catch (error) {
    signal.throwIfAborted()
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
    throw new DataError('network', `${url} cannot be reached (${reason}).`, BY_HAND, { cause })
  }
}

async function discard(response: Response, partFile: string): Promise<void> {
  await response.body?.cancel()
  await rm(partFile, { force: true })
}

async function* keptThenReceived(
  partFile: string,
  kept: number,
  body: ReadableStream<Uint8Array>,
  total: number | null,
): AsyncGenerator<Uint8Array> {
  if (kept > 0) yield* await streamFile(partFile)
  const file = await open(partFile, 'a')
  let received = kept
  try {
    for await (const piece of body) {
      await file.write(piece)
      received += piece.length
      yield piece
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') throw cause
    const of = total === null ? '' : ` of ${total}`
    throw new DataError(
      'truncated',
      `The connection broke after ${received}${of} bytes.`,
      BY_HAND,
      {
        cause,
      },
    )
  } finally {
    await file.close()
  }
}
