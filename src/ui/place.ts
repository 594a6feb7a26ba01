import { useSyncExternalStore } from 'react'

/** The places of the page. Each is a fragment of its URL, so that links and Back lead there. */
export const PLACES = ['train', 'compare', 'runs'] as const
export type Place = (typeof PLACES)[number]

export const PLACE_NAME: Record<Place, string> = {
  train: 'Train',
  compare: 'Compare',
  runs: 'Runs',
}

/** Fragments that lead to a place under another name: shared settings open where they train. */
const ALIASES = new Map<string, Place>([
  ['run', 'train'],
  ['comparison', 'compare'],
])

/** Where a fragment leads: `#runs`, `#runs/…` and `#run=…` by their first word; elsewhere, Train. */
export function placeOf(hash: string): Place {
  const word = hash.slice(1).split(/[/=?]/, 1)[0]!
  return PLACES.find((place) => place === word) ?? ALIASES.get(word) ?? 'train'
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
