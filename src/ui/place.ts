import { useSyncExternalStore } from 'react'

/** The places of the page. Each is a fragment of its URL, so that links and Back lead there. */
export const PLACES = ['train', 'compare', 'labs', 'learn', 'runs'] as const
/** Places that the navigation does not lead to. */
const PLACES_APART = ['self-test'] as const
export type Place = (typeof PLACES)[number] | (typeof PLACES_APART)[number]

/** Where a fragment leads, by its first word (`#runs/…`, `#compare=…`); any other, to Train. */
export function placeOf(hash: string): Place {
  const word = hash.slice(1).split(/[/=]/, 1)[0]!
  return [...PLACES, ...PLACES_APART].find((place) => place === word) ?? 'train'
}

let travelled = false

/** True once the reader has gone from one place to another: the new place then takes the focus. */
export const hasTravelled = () => travelled

function subscribe(listener: () => void): () => void {
  const onChange = () => {
    travelled = true
    listener()
  }
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

/** The fragment of the page's URL. */
export function useFragment(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash)
}
