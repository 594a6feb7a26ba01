import { useEffect } from 'react'
import { isBusy } from '../store/bench'
import { useBench } from './bench-context'

/** The keys and what they are called in the catalogue. */
export const KEYS = [
  { key: ' ', name: 'space' },
  { key: 's', name: 's' },
  { key: 'r', name: 'r' },
  { key: 'n', name: 'n' },
  { key: 'p', name: 'p' },
  { key: '?', name: 'help' },
] as const

type Key = (typeof KEYS)[number]['key']

/** Where a key belongs to what has the focus: letters to what is typed in, space to every control. */
const TYPED_IN = 'input:not([type=radio], [type=checkbox]), textarea, select, [role=dialog]'
const CONTROLS = `${TYPED_IN}, input, button, summary, a`

/** Does what a key stands for, except where what has the focus has a use for the key. */
export function useKeys(actions: Partial<Record<Key, () => void>>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const known = KEYS.find(({ key }) => key === event.key)
      const action = known && actions[known.key]
      if (!action || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      const taken = known.key === ' ' ? CONTROLS : TYPED_IN
      if (event.target instanceof Element && event.target.closest(taken)) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [actions])
}

/** The keys of the run, where it is looked at. */
export function useTrainingKeys(): void {
  const bench = useBench()
  useKeys({
    ' ': () => (isBusy(bench.store.getState().phase) ? bench.pause() : bench.train()),
    s: bench.step,
    r: bench.reset,
  })
}
