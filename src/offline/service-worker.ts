import { type PrecacheEntry, Serwist } from 'serwist'

/** The files of the build, which `server/service-worker.ts` puts in. */
declare const BUILT_FILES: PrecacheEntry[]

/**
 * Keeps all files of one build together, so that the page starts without network and never mixes two
 * versions. A new build waits until the page says so, or no page is open. Pictures are not its
 * matter: the page keeps CIFAR-10 itself.
 */
new Serwist({
  precacheEntries: BUILT_FILES,
  // The page's parameters (a language, parts to hide) are read by its code.
  precacheOptions: { ignoreURLParametersMatching: [/./], cleanURLs: false },
}).addEventListeners()
