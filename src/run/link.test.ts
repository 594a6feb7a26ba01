import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { expect, test } from 'vitest'
import { randomSpecs } from '../../test/random-specs'
import { InvalidConfig } from '../models/validation'
import type { RunConfig } from './config'
import { InvalidLink, runFromHash, runToHash } from './link'
import { FIRST_RUN } from './presets'

const runs: fc.Arbitrary<RunConfig> = fc
  .tuple(randomSpecs, fc.integer({ min: 0, max: 0xffff_ffff }))
  .map(([model, seed]) => ({ ...FIRST_RUN, model, seed }))

test('a run comes back from its link, which has no character that a URL would change', () => {
  fc.assert(
    fc.property(runs, (run) => {
      const hash = runToHash(run)
      expect(runFromHash(hash)).toEqual(run)
      expect(new URL(`https://example.org/${hash}`).hash).toBe(hash)
    }),
    { numRuns: 500, seed: 1 },
  )
})

test('a link is much shorter than the JSON of its run in a URL', () => {
  const json = encodeURIComponent(JSON.stringify(FIRST_RUN))
  expect(runToHash(FIRST_RUN).length).toBeLessThan(0.6 * json.length)
})

/** What reading the link gives: the run, or what it fails with. */
function read(hash: string): unknown {
  try {
    return runFromHash(hash)
  } catch (error) {
    return error
  }
}

test('a link that was changed, cut or mixed with another is refused, or is still the same', () => {
  const characters = 'abcXYZ019-_%= ö'
  fc.assert(
    fc.property(
      ...[runs, fc.nat(), fc.nat(4), fc.constantFrom(...characters), fc.nat(3)],
      (run, draw, length, character, kind) => {
        const hash = runToHash(run as RunConfig)
        const at = 5 + ((draw as number) % (hash.length - 5))
        const other = runToHash(FIRST_RUN)
        const [before, after] = [hash.slice(0, at), hash.slice(at + (length as number))]
        const damaged = [
          before + character + hash.slice(at + 1),
          before,
          before + character + after,
          before + other.slice(at),
        ][kind as number]!
        const found = read(damaged)
        if (found instanceof Error) expect(found).toBeInstanceOf(InvalidLink)
        else expect(found).toEqual(kind === 3 && at === 5 ? FIRST_RUN : run)
      },
    ),
    { numRuns: 3000, seed: 2 },
  )
})

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

test.each([
  ['no fragment', '', 'holds no run'],
  ['another fragment', '#about', 'holds no run'],
  ['no text', '#run=', 'damaged'],
  ['a text without its checksum', `#run=${text(deflateSync(Buffer.from('{}')))}`, 'damaged'],
  ['too many characters', `#run=${'A'.repeat(20_000)}`, 'at most 16384'],
  [
    'a text that unpacks to a million bytes',
    `#run=${text(Buffer.concat([Buffer.alloc(4), deflateSync(new Uint8Array(1e6))]))}`,
    'more than any run has',
  ],
])('a link with %s is refused and says what to do', (_, hash, reason) => {
  expect(() => runFromHash(hash)).toThrow(InvalidLink)
  expect(() => runFromHash(hash)).toThrow(reason)
  expect(() => runFromHash(hash)).toThrow('Copy the whole link again')
})

test('a link to a run that this version does not know is refused with the path', () => {
  const unknown = { ...FIRST_RUN, format: 2 } as unknown as RunConfig
  expect(() => runFromHash(runToHash(unknown))).toThrow(InvalidConfig)
  expect(() => runFromHash(runToHash(unknown))).toThrow('format: expected 1')
})
