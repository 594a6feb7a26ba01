import { openDevice } from '../gpu/device'
import { TrainingHost } from './host'
import type { Command } from './protocol'
import { isRaceCommand } from './race-protocol'

const host = new TrainingHost(
  () => openDevice(navigator.gpu),
  (event) =>
    self.postMessage(event, { transfer: event.type === 'file' ? [event.bytes.buffer] : [] }),
)

self.addEventListener('message', ({ data }: MessageEvent<Command>) => {
  if (!isRaceCommand(data)) host.handle(data)
})

host.start()
