/**
 * Requests and replies between the bench and its child processes: a JSON value a line. A request
 * is the name of a method, on standard input; the reply is { value } or { error }, on a pipe of
 * its own, since libraries and drivers write to the others.
 */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { answer, type Methods } from './answers'

/** The child's file descriptor for replies. */
export const REPLIES = 3

/** Answers requests until there will be no more. */
export async function serve(methods: Methods): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await answer(methods, JSON.parse(line))
    writeSync(REPLIES, `${JSON.stringify(reply)}\n`)
  }
}
