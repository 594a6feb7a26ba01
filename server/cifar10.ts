import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Connect, Plugin, ResolvedConfig } from 'vite'
import { SUPPLY_PATH } from '../src/data/supply'
import { CifarSupply } from './supply'

const OFFICIAL_URL = 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz'

/**
 * Hands CIFAR-10 to the page from its own server, in development and in preview: from the folder
 * or archive that the environment variable `CIFAR10_DIR` names, or else from the official archive,
 * which is fetched when the page asks for it (`CIFAR10_URL` names a mirror) and kept in `.cache`.
 * `src/data/supply.ts` says what can be asked.
 */
export function cifar10(): Plugin {
  const install = (server: { config: ResolvedConfig; middlewares: Connect.Server }) => {
    const { root, base } = server.config
    const supply = new CifarSupply({
      location: process.env.CIFAR10_DIR,
      cache: join(root, '.cache', 'cifar10'),
      url: process.env.CIFAR10_URL || OFFICIAL_URL,
    })
    server.middlewares.use(supplyRoutes(supply, base.startsWith('/') ? base : '/'))
  }
  return { name: 'cifar10', configureServer: install, configurePreviewServer: install }
}

/** Answers requests under `data/cifar10/` and leaves all others to `next`. */
export function supplyRoutes(supply: CifarSupply, base = '/') {
  const prefix = `${base}${SUPPLY_PATH}`
  return (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const path = request.url!.replace(/[?#].*$/, '')
    if (!path.startsWith(prefix)) return next()
    answer(supply, request, response, path.slice(prefix.length)).catch((error) => {
      if (response.headersSent) response.destroy()
      else sendText(response, 500, error instanceof Error ? error.message : String(error))
    })
  }
}

async function answer(
  supply: CifarSupply,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  const reading = request.method === 'GET' || request.method === 'HEAD'
  const shard = supply.files.findIndex((file) => file.name === name) + 1
  if (shard > 0 && reading) return sendShard(supply, shard, request, response)
  if (name === 'status.json' && reading) return sendStatus(supply, response)
  if (name !== 'fetch' && name !== 'cancel') return sendText(response, 404, 'Not found')
  if (request.method !== 'POST') return sendText(response, 405, 'POST only')
  if (!fromOwnPage(request)) return sendText(response, 403, 'Only from the page itself')
  if (name === 'fetch') await supply.start()
  else supply.cancel()
  return sendStatus(supply, response)
}

/** False for a request that another site's page may have sent: browsers say where they come from. */
function fromOwnPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin = '', host } = headers
  return URL.canParse(origin) && new URL(origin).host === host
}

async function sendShard(
  supply: CifarSupply,
  shard: number,
  { method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = await supply.pathOf(shard)
  if (!path) return sendText(response, 404, 'Not here yet')
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': supply.files[shard - 1]!.bytes,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  if (method === 'HEAD') response.end()
  else await pipeline(createReadStream(path), response)
}

async function sendStatus(supply: CifarSupply, response: ServerResponse): Promise<void> {
  const status = JSON.stringify(await supply.status())
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(status)
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
  response.end(`${text}\n`)
}
