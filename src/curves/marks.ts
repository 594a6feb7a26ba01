import type { Change } from '../run/adjustment'

/** The settings that a run takes over while it is on, in the order in which they are told. */
export const CHANGES = ['learningRate', 'momentum', 'weightDecay'] as const

/** What changed, in short, as files name it: "rate 0.01, momentum 0.8". */
export function changeName({ learningRate, momentum, weightDecay }: Change): string {
  const parts = [
    ['rate', learningRate],
    ['momentum', momentum],
    ['decay', weightDecay],
  ] as const
  return parts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
