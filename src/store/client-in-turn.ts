import type { TrainingClient } from '../worker/client'
import type { DeviceStatus, Event } from '../worker/protocol'
import type { Turn } from './turn'

const REASON = 'Another page of the playground trains in this browser.'
const REMEDY = 'Train there, or press "Train here instead" at the top of this page.'

/** What a page without its turn is told of the GPU. */
export const ELSEWHERE: DeviceStatus = {
  state: 'unavailable',
  reason: REASON,
  remedy: REMEDY,
}

/** Commands that train, or go on with what another page may be training. */
const IN_TURN = new Set<string>([
  ...['train', 'step', 'slow-step', 'profile', 'resume'],
  ...['race-train', 'race-step', 'race-resume-last'],
])

/** The worker as a page has it that waits for its turn: without a GPU until then. */
export function clientInTurn(client: TrainingClient, { store }: Turn): TrainingClient {
  const listeners = new Set<(event: Event) => void>()
  const tell = (event: Event) => {
    for (const listener of listeners) listener(event)
  }
  let device: DeviceStatus = { state: 'connecting' }
  const isHere = () => store.getState().state === 'here'
  const tellDevice = () => tell({ type: 'device', device: isHere() ? device : ELSEWHERE })
  client.subscribe((event) => {
    if (event.type !== 'device') return tell(event)
    device = event.device
    tellDevice()
  })
  store.subscribe(tellDevice)
  return {
    post(command) {
      const { type } = command.type === 'lesson' ? command.command : command
      if (isHere() || !IN_TURN.has(type)) return client.post(command)
      tell({ type: 'refused', name: 'The run', message: REASON, remedy: REMEDY })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
