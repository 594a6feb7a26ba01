import { useEffect } from 'react'
import { isBusy } from '../store/bench'
import { useBench } from './bench-context'

export const KEYS = [
  { key: ' ', name: 'space', label: 'Train or pause' },
  { key: 's', name: 's', label: 'One step' },
  { key: 'r', name: 'r', label: 'Reset: the same start again' },
  { key: '?', name: '?', label: 'These keys' },
] as const

type Key = (typeof KEYS)[number]['key']

/** Where a key belongs to what has the focus: letters to what is typed in, space to every control. */
const TYPED_IN = 'input:not([type=radio], [type=checkbox]), textarea, select, [role=dialog]'
const CONTROLS = `${TYPED_IN}, input, button, summary, a`

/** The bench's keys, except where what has the focus has a use for them. */
export function useKeyboard(showHelp: () => void): void {
  const bench = useBench()
  useEffect(() => {
    const actions: Record<Key, () => void> = {
      ' ': () => (isBusy(bench.store.getState().phase) ? bench.pause() : bench.train()),
      s: bench.step,
      r: bench.reset,
      '?': showHelp,
    }
    const onKey = (event: KeyboardEvent) => {
      const known = KEYS.find(({ key }) => key === event.key)
      if (!known || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      const taken = known.key === ' ' ? CONTROLS : TYPED_IN
      if (event.target instanceof Element && event.target.closest(taken)) return
      event.preventDefault()
      actions[known.key]()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [bench, showHelp])
}
