import { openDevice } from '../gpu/device'
import { TrainingDesk } from './desk'
import type { Command } from './protocol'

const desk = new TrainingDesk(
  () => openDevice(navigator.gpu),
  (event) =>
    self.postMessage(event, { transfer: event.type === 'file' ? [event.bytes.buffer] : [] }),
)

self.addEventListener('message', ({ data }: MessageEvent<Command>) => {
  desk.handle(data)
})

desk.start()
