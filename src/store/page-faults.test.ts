import { expect, test } from 'vitest'
import { listenForFaults, pageFault } from './page-faults'

function fakePage() {
  const target = new EventTarget()
  const page = Object.assign(target, {
    navigator: { userAgent: 'Browser 1.0' },
    location: { href: 'https://example.org/#train' },
  })
  return page as unknown as Window
}

const dispatch = (page: Window, type: string, fields: object) =>
  page.dispatchEvent(Object.assign(new Event(type), fields))

test('an error is told with version, browser, address and stack, its message once', () => {
  const error = new TypeError('no such unit')
  const { message, details } = pageFault(error, fakePage(), '\n    at UnitPanel\n    at Guard')
  expect(message).toBe('no such unit')
  const lines = details.split('\n')
  expect(lines.slice(0, 3)).toEqual([
    expect.stringMatching(/^Residual Playground \S+ \(\S+\)$/),
    'Browser 1.0',
    'https://example.org/#train',
  ])
  expect(lines.filter((line) => line === 'TypeError: no such unit')).toHaveLength(1)
  expect(details).toMatch(/page-faults\.test\.ts[\s\S]*at UnitPanel\n {4}at Guard$/)
})

test('a stack without the message gets it', () => {
  const error = Object.assign(new Error('broken'), { stack: 'draw@page.js:1' })
  expect(pageFault(error, fakePage()).details).toContain('Error: broken\ndraw@page.js:1')
})

test('uncaught errors and rejections are told, whatever was thrown', () => {
  const page = fakePage()
  const { store, dismiss } = listenForFaults(page)
  dispatch(page, 'error', { error: new Error('first'), message: 'Uncaught Error: first' })
  dispatch(page, 'unhandledrejection', { reason: new Error('second') })
  expect(store.getState().fault?.message).toBe('first')
  dismiss()
  expect(store.getState().fault).toBeUndefined()
  dispatch(page, 'unhandledrejection', { reason: 'a text' })
  expect(store.getState().fault?.message).toBe('a text')
  dismiss()
  dispatch(page, 'error', { error: null, message: 'Script error.' })
  expect(store.getState().fault?.message).toBe('Script error.')
})

test('an observer that is put off is no fault', () => {
  const page = fakePage()
  const { store } = listenForFaults(page)
  const message = 'ResizeObserver loop completed with undelivered notifications.'
  dispatch(page, 'error', { error: undefined, message })
  expect(store.getState().fault).toBeUndefined()
})
