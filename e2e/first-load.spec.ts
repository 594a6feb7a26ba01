import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Request } from '@playwright/test'
import { expect, test } from './page-model'

const BUDGET = 350_000

interface File {
  name: string
  bytes: number
}

/**
 * The first load is all code and styles that a visit asks for until a second after the worker has
 * told its GPU and Train can be pressed. Fonts and pictures are no part of it, nor what follows
 * while the page is idle, which is weighed beside it.
 */
test('the first load takes at most 350 kB gzip, and the rest follows by itself', async ({
  playground,
}) => {
  const { page } = playground
  const requests: Request[] = []
  page.context().on('request', (request) => requests.push(request))
  await playground.open()
  await expect(page.getByText('(software)')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled()
  await playground.hasAllParts()
  const stands = await page.evaluate(
    () => performance.timeOrigin + performance.getEntriesByName('page stands')[0]!.startTime,
  )
  const isBefore = (request: Request) => request.timing().startTime < stands

  const first = weighed(requests.filter(isBefore))
  const total = sum(first)
  for (const { name, bytes } of first) console.log(kilobytes(bytes), name)
  console.log(kilobytes(total), 'gzip on first load')
  const rest = weighed(requests.filter((request) => !isBefore(request)))
  console.log(kilobytes(sum(rest)), 'gzip afterwards, in idle time')
  const kinds = (files: readonly File[]) => files.map(({ name }) => name.split('-')[0])
  expect(kinds(first)).toContain('worker')
  expect(kinds(rest)).toContain('Chart')
  expect(total).toBeLessThanOrEqual(BUDGET)
})

/** The code and styles that were asked for, as they are in the build, largest first. */
function weighed(requests: readonly Request[]): File[] {
  const paths = requests.map((request) => new URL(request.url()).pathname)
  const names = new Set(
    paths.filter((path) => /\.(js|css)$/.test(path)).map((path) => basename(path)),
  )
  return Array.from(names, (name) => {
    const bytes = gzipSync(readFileSync(join('dist/assets', name)), { level: 9 }).byteLength
    return { name, bytes }
  }).toSorted((a, b) => b.bytes - a.bytes)
}

const sum = (files: readonly File[]) => files.reduce((total, { bytes }) => total + bytes, 0)

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10)
