import type { TrainingClient } from '../worker/client'
import { type Bench, isBusy } from './bench'
import { isRaceBusy, type Race } from './race'

/** How long a run may take to end its step and to be kept. */
const KEEPING_MS = 10_000

/** What trains in a page, and what writes it down. */
export interface Training {
  client: TrainingClient
  bench: Bench
  race: Race
  lesson: Race
  recorders: readonly { writeDown(): Promise<void> }[]
}

/**
 * Pauses what trains, waits until the browser has kept it, and begins anew: another page may go on
 * with the kept run, and this one must not come back to it as it was.
 */
export async function giveWay({ client, bench, race, lesson, recorders }: Training): Promise<void> {
  const trains = isBusy(bench.store.getState().phase)
  const races = isRaceBusy(race.store.getState().phase)
  const kept = trains || races ? nextKept(client) : undefined
  if (trains) bench.pause()
  if (races) race.pause()
  if (isRaceBusy(lesson.store.getState().phase)) lesson.pause()
  await kept
  await Promise.all(recorders.map((recorder) => recorder.writeDown()))
  bench.reset()
  if (race.store.getState().active) race.reset()
}

/** A run at rest is kept by the worker; one that cannot be kept is not waited for. */
function nextKept(client: TrainingClient): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      unsubscribe()
      resolve()
    }
    const unsubscribe = client.subscribe(({ type }) => {
      if (type === 'kept' || type === 'unsaved') end()
    })
    setTimeout(end, KEEPING_MS)
  })
}
