import { expect, test } from 'vitest'
import { plan } from '../models/plan'
import { FIRST_RUN } from '../run/presets'
import { fakeSlowStep } from '../worker/fake-slow-step'
import { framesOf, pixelsOf } from './slow-frames'

test('a slow step plays forward through all nodes, the loss, back to the first layer, the update', () => {
  const ids = plan(FIRST_RUN.model).nodes.map(({ id }) => id)
  const frames = framesOf(fakeSlowStep(FIRST_RUN, 0)).map((frame) =>
    'node' in frame ? `${frame.pass} ${frame.node.id}` : frame.pass,
  )
  expect(frames).toEqual([
    ...ids.map((id) => `forward ${id}`),
    'loss',
    ...ids
      .slice(1)
      .toReversed()
      .map((id) => `backward ${id}`),
    'update',
  ])
})

test('a value and its negative are as dark, in two colours, and 0 is nothing', () => {
  const picture = { rms: 1, largest: 1, channels: Int8Array.of(9, 9, 9, -100, 0, 100) }
  const pixels = [...pixelsOf(picture, 1, 3)]
  const [negative, zero, positive] = [0, 4, 8].map((i) => pixels.slice(i, i + 4))
  expect([negative![3], zero![3], positive![3]]).toEqual([200, 0, 200])
  expect(negative!.slice(0, 3)).not.toEqual(positive!.slice(0, 3))
})
