import { md5 } from '@noble/hashes/legacy.js'

/** An MD5 digest that is fed piece by piece. */
export interface Md5 {
  update(bytes: Uint8Array): unknown
  /** The digest of all that was fed, in hexadecimal. */
  hex(): string
}

export type NewMd5 = () => Md5

/** MD5 in JavaScript: browsers have none of their own. */
export const browserMd5: NewMd5 = () => {
  const hash = md5.create()
  return {
    update: (bytes) => hash.update(bytes),
    hex: () => Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  }
}
