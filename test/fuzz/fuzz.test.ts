import { expect, test } from 'vitest'
import { fuzz } from './fuzz'
import { READERS } from './readers'

/** Of all readers together; `npm run fuzz` gives them fifty times as many. */
const INPUTS = 1200

const total = READERS.reduce((sum, { weight }) => sum + weight, 0)

test.each(READERS)(
  '$name: what is damaged is refused with a reason, or is right',
  async (reader) => {
    const numRuns = Math.ceil((INPUTS * reader.weight) / total)
    const { failure, counts } = await fuzz(reader, { numRuns, seed: 2 })
    expect(failure).toBeUndefined()
    expect(counts.refused + counts.same + counts.other).toBe(numRuns)
    expect(counts.refused).toBeGreaterThan(0)
  },
)

test('a reader that crashes, hangs or takes nonsense is found out', async () => {
  const [reader] = READERS
  const outcomeOf = async (read: () => never | Promise<never>) =>
    (await fuzz({ ...reader!, read }, { numRuns: 3, seed: 1, longestMs: 100 })).failure
  const crash = await outcomeOf(() => {
    throw new TypeError('undefined is no function')
  })
  expect(crash).toContain('was not refused as it should be')
  const [Refusal] = reader!.refusals as [new (...args: unknown[]) => Error]
  const long = await outcomeOf(() => {
    throw new Refusal('damaged', 'x'.repeat(1000), 'Take another.')
  })
  expect(long).toContain('in a line of 1000 characters')
  const slow = await outcomeOf(async () => {
    const { user } = process.cpuUsage()
    while (process.cpuUsage().user - user < 110_000);
    throw new Refusal('damaged', 'Too slow.', 'Take another.')
  })
  expect(slow).toMatch(/took \d+ ms/)
  let held: unknown
  const large = await outcomeOf(() => {
    held = new ArrayBuffer(200 * 2 ** 20)
    throw new Refusal('damaged', 'Too large.', 'Take another.')
  })
  expect(held).toBeDefined()
  expect(large).toMatch(/took \d+ bytes of memory/)
})
