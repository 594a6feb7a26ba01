import { openDevice } from '../gpu/device'
import { TrainingDesk } from './desk'
import { showLife } from './life'
import type { Command } from './protocol'

const desk = new TrainingDesk(
  () => openDevice(navigator.gpu),
  (event) =>
    self.postMessage(event, { transfer: event.type === 'file' ? [event.bytes.buffer] : [] }),
)

// The page hears of a worker's errors, but not of its promises that nobody waits for.
self.addEventListener('message', ({ data }: MessageEvent<Command>) => {
  desk.handle(data).catch(reportError)
})

desk.start().catch(reportError)
showLife(navigator.locks, (alive) => self.postMessage(alive))
