import { afterEach, expect, test, vi } from 'vitest'
import type { Command } from './protocol'

afterEach(() => vi.unstubAllGlobals())

test('a command that comes to nothing is an error of the worker, which the page hears of', async () => {
  const reported = vi.fn()
  let hear: (event: { data: unknown }) => void = () => {}
  vi.stubGlobal('reportError', reported)
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('self', {
    postMessage() {},
    addEventListener(_: string, listener: typeof hear) {
      hear = listener
    },
  })
  await import('./worker')
  hear({ data: { type: 'pause' } satisfies Command })
  hear({ data: { type: 'lesson' } })
  await vi.waitFor(() => expect(reported).toHaveBeenCalled())
  expect(reported).toHaveBeenCalledTimes(1)
  expect(reported.mock.calls[0]![0]).toBeInstanceOf(TypeError)
}, 60_000)
