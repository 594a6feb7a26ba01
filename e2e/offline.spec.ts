import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { extname, join } from 'node:path'
import { serve } from '../test/http-server'
import { expect, test } from './page-model'

const PORT = Number(process.env.PREVIEW_PORT) + 1
const FOLDER = '/a/b/'
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/** The build as any static server hands it out, in a folder; `version` makes another one of it. */
function staticSite(version: string): RequestListener {
  return async ({ url = '' }, response) => {
    const path = url.replace(/[?#].*$/, '')
    const name = path.replace(FOLDER, '').replace(/(^|\/)$/, '$1index.html')
    const bytes = await readFile(join('dist', name)).catch(() => undefined)
    if (!bytes || !path.startsWith(FOLDER)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' })
    response.end(name === 'sw.js' ? `${bytes}\n// ${version}` : bytes)
  }
}

test.use({ baseURL: `http://localhost:${PORT}${FOLDER}`, serviceWorkers: 'allow' })

test('in a folder of a static server the page trains, without network from the second visit on, and takes a new version when training rests', async ({
  playground,
}) => {
  const { page } = playground
  const site = await serve(staticSite('1'), PORT)
  await playground.open()
  await playground.hasAllParts()
  const state = () => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
  await expect.poll(state, { timeout: 60_000 }).toBe('activated')
  const licences = await (await page.request.get('./licences.txt')).text()
  for (const name of ['react', '@noble/hashes', 'serwist', '@fontsource-variable/inter']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d\\S* \\(.+\\)$`, 'm'))
  }
  await site.close()

  await page.goto('./?lang=zh#learn')
  await expect(page).toHaveTitle('学习 · Residual Playground')
  await page.goto('./bench/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goto('./?lang=en')
  await playground.makeSmall(40)
  await playground.press('Train')
  await playground.reaches('training')

  const next = await serve(staticSite('2'), PORT)
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await expect(page.getByText('It waits until training rests.')).toBeVisible()
  const reload = page.getByRole('button', { name: 'Reload now' })
  await expect(reload).toBeDisabled()
  await playground.reaches('finished')
  await reload.click()
  await expect(reload).toBeHidden()
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled()
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated')
  await next.close()
})
