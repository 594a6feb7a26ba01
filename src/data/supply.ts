/**
 * What the page's own server says about CIFAR-10, under `data/cifar10/` of the page:
 *
 * - `GET status.json` → `SupplyStatus`
 * - `POST fetch` starts to fetch and unpack the official archive, `POST cancel` stops it; both
 *   answer with the status. A fetch is shared by all pages, and goes on where it was stopped.
 * - `GET data_batch_N.bin` → the shard, or 404 while it is not there.
 *
 * A static deployment has the shards there as plain files, and no `status.json`.
 */
import * as v from 'valibot'

export const SUPPLY_PATH = 'data/cifar10/'

const schema = v.object({
  /** `ready`: all is there that this server will ever have. */
  state: v.picklist(['absent', 'fetching', 'ready', 'failed']),
  /** The shards that can be had now. */
  ready: v.array(v.number()),
  /** Bytes of the archive, while it is fetched. */
  received: v.number(),
  total: v.nullable(v.number()),
  /** Why the last fetch failed, and what to do. */
  message: v.string(),
  remedy: v.string(),
})

export type SupplyStatus = v.InferOutput<typeof schema>

/** The status in a server's answer, or undefined where it is something else. */
export function parseSupplyStatus(answer: unknown): SupplyStatus | undefined {
  const result = v.safeParse(schema, answer)
  return result.success ? result.output : undefined
}
