import { sha256 } from '@noble/hashes/sha2.js'
import { deflateSync, inflateSync } from 'fflate'
import type { ComparisonConfig } from './comparison'
import type { RunConfig } from './config'
import { type Salvaged, salvageRun } from './salvage'
import { type SalvagedComparison, salvageComparison } from './salvage-comparison'

/** A link that does not lead to a run or a comparison; says what to do. */
export class InvalidLink extends Error {
  override name = 'InvalidLink'
}

/** A kind of link: how its fragment starts, and what it holds. */
interface Kind {
  start: string
  what: string
}
const RUN: Kind = { start: '#run=', what: 'run' }
const COMPARISON: Kind = { start: '#compare=', what: 'comparison' }

/** No browser or chat cuts links this short, and neither a run nor a comparison is as long. */
const MAX_CHARACTERS = 16_384
const MAX_JSON_BYTES = 65_536
const CHECK_BYTES = 4

const copyAgain = ({ what }: Kind) => `Copy the whole link again, or ask for the ${what} as a file.`

function check(json: Uint8Array): Uint8Array {
  return sha256(json).subarray(0, CHECK_BYTES)
}

/** base64url, as it may stand in a URL. */
function toText(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromText(text: string): Uint8Array {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

/** A run as the fragment of a URL: `#run=` and the run's JSON, compressed and with a checksum. */
export function runToHash(run: RunConfig): string {
  return pack(RUN, run)
}

export const isRunLink = (hash: string) => hash.startsWith(RUN.start)

/**
 * The run of a URL's fragment, as far as this version knows such a run. Throws `InvalidLink` where
 * it is none, too long or damaged.
 */
export function runFromHash(hash: string): Salvaged {
  return salvageRun(read(RUN, hash))
}

/** A comparison as the fragment of a URL, as a run is, after `#compare=`. */
export function comparisonToHash(comparison: ComparisonConfig): string {
  return pack(COMPARISON, comparison)
}

export const isComparisonLink = (hash: string) => hash.startsWith(COMPARISON.start)

/**
 * The comparison of a URL's fragment, as far as this version knows such a one; throws as
 * `runFromHash` does, and `InvalidConfig` where it knows none of its lanes.
 */
export function comparisonFromHash(hash: string): SalvagedComparison {
  return salvageComparison(read(COMPARISON, hash))
}

function pack({ start }: Kind, value: object): string {
  const json = new TextEncoder().encode(JSON.stringify(value))
  return start + toText(Uint8Array.of(...check(json), ...deflateSync(json, { level: 9 })))
}

function read(kind: Kind, hash: string): unknown {
  const { start, what } = kind
  if (!hash.startsWith(start)) {
    throw new InvalidLink(`This link holds no ${what}. ${copyAgain(kind)}`)
  }
  if (hash.length > MAX_CHARACTERS) {
    throw new InvalidLink(
      `This link has ${hash.length} characters, a ${what} has at most ${MAX_CHARACTERS}. ${copyAgain(kind)}`,
    )
  }
  try {
    return JSON.parse(unpack(kind, hash.slice(start.length)))
  } catch (error) {
    if (error instanceof InvalidLink) throw error
    throw new InvalidLink(`This link is damaged. ${copyAgain(kind)}`)
  }
}

/** A link's JSON, known to be what was put into it. */
function unpack(kind: Kind, text: string): string {
  const bytes = fromText(text)
  if (bytes.length <= CHECK_BYTES) throw new Error('there is nothing to unpack')
  // One byte more than allowed: where that is filled too, there was more.
  const out = new Uint8Array(MAX_JSON_BYTES + 1)
  const json = inflateSync(bytes.subarray(CHECK_BYTES), { out })
  if (json.length > MAX_JSON_BYTES) {
    throw new InvalidLink(`This link unpacks to more than any ${kind.what} has. ${copyAgain(kind)}`)
  }
  if (String(check(json)) !== String(bytes.subarray(0, CHECK_BYTES))) {
    throw new Error('the checksum does not match')
  }
  return new TextDecoder().decode(json)
}
