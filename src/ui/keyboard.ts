import { useHotkeys } from '@mantine/hooks'
import { isBusy } from '../store/bench'
import { useBench } from './bench-context'

export const KEYS = [
  { key: ' ', label: 'Train or pause' },
  { key: 's', label: 'One step' },
  { key: 'r', label: 'Reset: the same start again' },
] as const

/** The bench's keys; they rest while something is typed or a control has the focus. */
export function useKeyboard(): void {
  const bench = useBench()
  const toggle = () => {
    if (isBusy(bench.store.getState().phase)) bench.pause()
    else bench.train()
  }
  const resting = ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON', 'SUMMARY', 'A']
  useHotkeys(
    [
      ['space', toggle],
      ['s', bench.step],
      ['r', bench.reset],
    ],
    resting,
  )
}
