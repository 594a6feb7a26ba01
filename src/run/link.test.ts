import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { expect, test } from 'vitest'
import { randomSpecs } from '../../test/random-specs'
import { type ComparisonConfig, comparisonOf, MAX_LANES, MAX_SEEDS } from './comparison'
import type { RunConfig } from './config'
import { comparisonFromHash, comparisonToHash, InvalidLink, runFromHash, runToHash } from './link'
import { FIRST_RUN } from './presets'

const runs: fc.Arbitrary<RunConfig> = fc
  .tuple(randomSpecs, fc.integer({ min: 0, max: 0xffff_ffff }))
  .map(([model, seed]) => ({ ...FIRST_RUN, model, seed }))

const lanes = fc.record(
  {
    name: fc.stringMatching(/^[\p{L}\p{N}×]([\p{L}\p{N} .:-]{0,58}[\p{L}\p{N}])?$/u),
    model: randomSpecs,
    train: fc.record({ momentum: fc.constantFrom(0, 0.5, 0.9) }),
  },
  { requiredKeys: ['name', 'model'] },
)

const comparisons: fc.Arbitrary<ComparisonConfig> = fc
  .record({
    lanes: fc.uniqueArray(lanes, {
      ...{ minLength: 1, maxLength: MAX_LANES },
      selector: ({ name }) => name.toLowerCase(),
    }),
    seeds: fc.integer({ min: 1, max: MAX_SEEDS }),
    until: fc.oneof(
      fc.constant({ kind: 'steps' as const }),
      fc.record({ kind: fc.constant('time' as const), seconds: fc.integer({ min: 1, max: 9 }) }),
    ),
  })
  .filter(({ lanes }) => lanes.every(({ name }) => name.length <= 60))
  .map((comparison) => ({ ...comparisonOf(FIRST_RUN), ...comparison }))

test('a run comes back from its link, which has no character that a URL would change', () => {
  fc.assert(
    fc.property(runs, (run) => {
      const hash = runToHash(run)
      expect(runFromHash(hash)).toEqual({ run, left: [] })
      expect(new URL(`https://example.org/${hash}`).hash).toBe(hash)
    }),
    { numRuns: 500, seed: 1 },
  )
})

test('a comparison comes back from its link, and no run does', () => {
  fc.assert(
    fc.property(comparisons, (comparison) => {
      const hash = comparisonToHash(comparison)
      expect(comparisonFromHash(hash)).toEqual({ comparison, left: [] })
      expect(new URL(`https://example.org/${hash}`).hash).toBe(hash)
      expect(() => runFromHash(hash)).toThrow('This link holds no run.')
    }),
    { numRuns: 300, seed: 1 },
  )
})

test('a link is much shorter than the JSON of its run in a URL', () => {
  const json = encodeURIComponent(JSON.stringify(FIRST_RUN))
  expect(runToHash(FIRST_RUN).length).toBeLessThan(0.6 * json.length)
})

/** What reading the link gives: the run or comparison, or what it fails with. */
function read(hash: string, fromHash: (hash: string) => unknown): unknown {
  try {
    return fromHash(hash)
  } catch (error) {
    return error
  }
}

test.each([
  ['run', runs, FIRST_RUN, runToHash, (hash: string) => runFromHash(hash).run],
  [
    'comparison',
    comparisons,
    comparisonOf(FIRST_RUN),
    comparisonToHash,
    (hash: string) => comparisonFromHash(hash).comparison,
  ],
])(
  'the link of a %s that was changed, cut or mixed with another is refused, or is still the same',
  (_, all, known, toHash, fromHash) => {
    const characters = 'abcXYZ019-_%= ö'
    fc.assert(
      fc.property(
        ...[all, fc.nat(), fc.nat(4), fc.constantFrom(...characters), fc.nat(3)],
        (value, draw, length, character, kind) => {
          const hash = toHash(value as never)
          const start = hash.indexOf('=') + 1
          const at = start + ((draw as number) % (hash.length - start))
          const other = toHash(known as never)
          const [before, after] = [hash.slice(0, at), hash.slice(at + (length as number))]
          const damaged = [
            before + character + hash.slice(at + 1),
            before,
            before + character + after,
            before + other.slice(at),
          ][kind as number]!
          const found = read(damaged, fromHash)
          if (found instanceof Error) expect(found).toBeInstanceOf(InvalidLink)
          else expect(found).toEqual(kind === 3 && at === start ? known : value)
        },
      ),
      { numRuns: 2000, seed: 2 },
    )
  },
)

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

test('a link of another version opens as far as it is known, and names the rest', () => {
  const unknown = { ...FIRST_RUN, format: 2, seed: 9, mood: 'calm' } as unknown as RunConfig
  expect(runFromHash(runToHash(unknown))).toEqual({
    run: { ...FIRST_RUN, seed: 9 },
    left: ['format: this version reads 1, got 2', 'mood: unknown key'],
  })
})
