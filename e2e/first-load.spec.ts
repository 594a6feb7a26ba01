import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from './page-model'

const BUDGET = 350_000

test('the first load takes at most 350 kB gzip: page, styles and the worker', async ({
  playground,
}) => {
  const requested = new Set<string>()
  playground.page.context().on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/\.(js|css)$/.test(pathname)) requested.add(basename(pathname))
  })
  await playground.open()
  await expect(playground.page.getByText('(software)')).toBeVisible()
  const sizes = Array.from(requested, (name) => {
    const bytes = gzipSync(readFileSync(join('dist/assets', name)), { level: 9 }).byteLength
    return { name, bytes }
  }).toSorted((a, b) => b.bytes - a.bytes)
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  for (const { name, bytes } of sizes) console.log(kilobytes(bytes).padStart(10), name)
  console.log(kilobytes(total).padStart(10), 'gzip on first load')
  expect(sizes.map(({ name }) => name.split('-')[0])).toContain('worker')
  expect(total).toBeLessThanOrEqual(BUDGET)
})
