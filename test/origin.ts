import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { serve, type TestServer } from './http-server'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A stand-in for the university's server: it answers as it is told, and notes what it was asked. */
export class Origin {
  /** The ranges that were asked for; undefined for the whole archive. */
  readonly ranges: (string | undefined)[] = []
  /** What it answers to the next requests; the last one also to all that follow. */
  answers: Answer[] = []
  private server: TestServer | undefined

  get url(): string {
    return `${this.server!.url}archive.tar.gz`
  }

  async open(): Promise<void> {
    this.server = await serve((request, response) => {
      this.ranges.push(request.headers.range)
      const answer = this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!
      answer(request, response)
    })
  }

  close(): Promise<void> {
    return this.server!.close()
  }
}

/** Sends the archive, or the part of it that is asked for. */
export function sends(archive: Uint8Array): Answer {
  return ({ headers }, response) => {
    const from = firstByte(headers.range)
    if (from >= archive.length) {
      response.writeHead(416).end()
      return
    }
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': archive.length - from,
      ...(from > 0
        ? { 'content-range': `bytes ${from}-${archive.length - 1}/${archive.length}` }
        : {}),
    })
    response.end(archive.subarray(from))
  }
}

/** Sends the whole archive whatever part is asked for. */
export function sendsWithoutRanges(archive: Uint8Array): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-length': archive.length })
    response.end(archive)
  }
}

/** Sends up to byte `end`, and then breaks the connection. */
export function breaksAt(archive: Uint8Array, end: number): Answer {
  return async ({ headers }, response) => {
    await sendUpTo(archive, firstByte(headers.range), end, response)
    response.destroy()
  }
}

/** Sends up to byte `end`, and then nothing more. */
export function stallsAt(archive: Uint8Array, end: number): Answer {
  return ({ headers }, response) => {
    sendUpTo(archive, firstByte(headers.range), end, response)
  }
}

export function answersWith(status: number, body = ''): Answer {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end(body)
  }
}

function firstByte(range: string | undefined): number {
  return Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
}

async function sendUpTo(archive: Uint8Array, from: number, end: number, response: ServerResponse) {
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': archive.length - from,
    'content-range': `bytes ${from}-${archive.length - 1}/${archive.length}`,
  })
  if (!response.write(archive.subarray(from, end))) await once(response, 'drain')
  await new Promise((resolve) => setTimeout(resolve, 50))
}
