import { expect, test } from 'vitest'
import { hashOf, kernelsHash } from './code'
import { trialOf } from './trial'

const SHAPE = {
  ...{ element: 'f32' as const, x: [8, 8, 8, 16], w: [3, 3, 16, 16], stride: 1, padding: 1 },
}

test('the hash changes with code and constants, and with nothing else', async () => {
  const launches = trialOf(SHAPE, 'forward').launches('tiled')
  const hash = await hashOf(launches)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(await hashOf(trialOf(SHAPE, 'forward').launches('tiled'))).toBe(hash)
  const larger = { ...SHAPE, x: [16, 8, 8, 16] }
  expect(await hashOf(trialOf(larger, 'forward').launches('tiled'))).toBe(hash)
  const changed = launches.map((launch) => ({
    ...launch,
    kernel: { ...launch.kernel, code: `${launch.kernel.code}// and a comment` },
  }))
  expect(await hashOf(changed)).not.toBe(hash)
  const other = launches.map((launch) => ({
    ...launch,
    constants: { ...launch.constants, CHUNK: 8 },
  }))
  expect(await hashOf(other)).not.toBe(hash)
  expect(await kernelsHash()).toBe(await kernelsHash())
})
