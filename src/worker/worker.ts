import { openDevice } from '../gpu/device'
import { TrainingHost } from './host'
import type { Command } from './protocol'

const host = new TrainingHost(
  () => openDevice(navigator.gpu),
  (event) =>
    self.postMessage(event, { transfer: event.type === 'file' ? [event.bytes.buffer] : [] }),
)

self.addEventListener('message', ({ data }: MessageEvent<Command>) => {
  host.handle(data)
})

host.start()
