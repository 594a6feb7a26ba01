/** The part of Trusted Types that the page uses; browsers without them enforce nothing. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown
}
/**
 * The Content-Security-Policy has the browser ask before a text becomes the address of a script:
 * only files of the page's own origin are, its workers. No text becomes markup or code at all.
 */
;(globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', {
  createScriptURL(text) {
    const url = new URL(text, location.href)
    if (url.origin === location.origin) return url.href
    throw new TypeError(`${url.origin} is not this page: no script is loaded from there.`)
  },
})
