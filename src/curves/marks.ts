import type { Change } from '../run/adjustment'

/** What changed, in short: "rate 0.01, momentum 0.8". */
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
