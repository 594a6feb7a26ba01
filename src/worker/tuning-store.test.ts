import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { browserTuning } from './tuning-store'

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.1.2 Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

test('what is kept of an adapter is read back, and replaces what was kept before', async () => {
  const measured = { platform: 'Chrome/140', code: 'abc', winners: {} }
  expect(await browserTuning.read('some GPU')).toBeUndefined()
  await browserTuning.write('some GPU', measured)
  await browserTuning.write('another', { ...measured, code: 'abd' })
  const winners = { key: { forward: 'tiled' as const } }
  await browserTuning.write('some GPU', { ...measured, winners })
  expect(await browserTuning.read('some GPU')).toEqual({ ...measured, winners })
  expect(await browserTuning.read('another')).toEqual({ ...measured, code: 'abd' })
})

test.each([
  [CHROME, 'Chrome/140'],
  [FIREFOX, 'Firefox/145'],
])('%s measures for its major version', (userAgent, platform) => {
  vi.stubGlobal('navigator', { userAgent })
  expect(browserTuning.platform).toBe(platform)
  vi.unstubAllGlobals()
})
