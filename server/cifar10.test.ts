import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FAKE_FILES, FAKE_SHARDS } from '../test/fake-cifar10'
import { serve, type TestServer } from '../test/http-server'
import { supplyRoutes } from './cifar10'
import { CifarSupply } from './supply'

let folder: string
let server: TestServer

async function open(base = '/'): Promise<void> {
  const supply = new CifarSupply({ location: folder, cache: folder, url: '', files: FAKE_FILES })
  const routes = supplyRoutes(supply, base)
  server = await serve((request, response) =>
    routes(request, response, () => response.end('the next handler')),
  )
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'routes-'))
  await writeFile(join(folder, 'data_batch_1.bin'), FAKE_SHARDS[0]!)
  await writeFile(join(folder, 'secret.bin'), 'secret')
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const get = (path: string, init?: RequestInit) => fetch(new URL(path, server.url), init)

test('a shard comes as plain bytes', async () => {
  await open()
  const response = await get('data/cifar10/data_batch_1.bin')
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
  expect(response.headers.get('content-length')).toBe(String(FAKE_SHARDS[0]!.length))
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(FAKE_SHARDS[0])
})

test('a shard that is not there is a 404 and never the page', async () => {
  await open()
  const response = await get('data/cifar10/data_batch_2.bin')
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toBe('text/plain')
})

test('the status is told', async () => {
  await open()
  const status = await (await get('data/cifar10/status.json')).json()
  expect(status).toMatchObject({ state: 'ready', ready: [1] })
})

test('only the known names are served', async () => {
  await open()
  for (const name of ['secret.bin', '../secret.bin', '..%2fsecret.bin', '', 'data_batch_6.bin']) {
    const response = await get(`data/cifar10/${name}`)
    expect(await response.text()).not.toContain('secret')
  }
  expect((await get('data/cifar10/secret.bin')).status).toBe(404)
})

test('what lies elsewhere is left to the next handler', async () => {
  await open()
  expect(await (await get('index.html')).text()).toBe('the next handler')
})

test('a page below another base asks below it', async () => {
  await open('/lab/')
  expect((await get('lab/data/cifar10/status.json')).status).toBe(200)
  expect(await (await get('data/cifar10/status.json')).text()).toBe('the next handler')
})

test('a fetch is started only from the page itself', async () => {
  await open()
  const post = async (headers: Record<string, string>) =>
    (await get('data/cifar10/fetch', { method: 'POST', headers })).status
  const own = server.url.slice(0, -1)
  expect(await post({ origin: own })).toBe(200)
  expect(await post({ origin: 'https://example.com' })).toBe(403)
  expect(await post({ origin: 'null' })).toBe(403)
  expect(await post({ origin: own, 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect((await get('data/cifar10/fetch')).status).toBe(405)
})
