import { expect, test } from 'vitest'
import { FIRST_RUN } from '../run/presets'
import { fakeProfile } from '../worker/fake-profile'
import type { StepProfile } from '../worker/protocol'
import { showTracks } from './performance-tracks'
import { gigaPerSecond, profileFile, profileRows } from './profile'

const launch = { start: 0, flops: 0, bytes: 400 }

const PROFILE: StepProfile = {
  ...{ step: 1, startedAt: Date.UTC(2026, 0, 31), timing: 'timestamps' },
  rates: { flops: 6e9, bytes: 1e6 },
  launches: [
    { ...launch, kernel: 'conv2d', layer: 'conv1', pass: 'forward', milliseconds: 2, flops: 6e6 },
    { ...launch, kernel: 'conv2d', layer: 'fc', pass: 'forward', milliseconds: 1, start: 2 },
    { ...launch, kernel: 'sum', layer: 'conv1', pass: 'backward', milliseconds: 4, start: 3 },
    { ...launch, kernel: 'add', layer: 'conv1', pass: 'backward', milliseconds: 1, start: 7 },
  ],
}

test('a profile is summed up by kernel and by layer, the one with most time first', () => {
  expect(profileRows(PROFILE, 'kernel')).toEqual([
    {
      ...{
        name: 'sum',
        launches: 1,
        milliseconds: 4,
        share: 0.5,
        flops: 0,
        bytes: 400,
        ofLimit: 0.1,
      },
      passes: { forward: 0, backward: 0.5, update: 0 },
    },
    {
      ...{
        name: 'conv2d',
        launches: 2,
        milliseconds: 3,
        share: 0.375,
        flops: 6e6,
        bytes: 800,
        ofLimit: 1.4 / 3,
      },
      passes: { forward: 0.375, backward: 0, update: 0 },
    },
    {
      ...{
        name: 'add',
        launches: 1,
        milliseconds: 1,
        share: 0.125,
        flops: 0,
        bytes: 400,
        ofLimit: 0.4,
      },
      passes: { forward: 0, backward: 0.125, update: 0 },
    },
  ])
  const [first, second] = profileRows(PROFILE, 'layer')
  expect(first).toMatchObject({ name: 'conv1', launches: 3, milliseconds: 7 })
  expect(first!.passes).toEqual({ forward: 0.25, backward: 0.625, update: 0 })
  expect(second).toMatchObject({ name: 'fc', share: 0.125 })
})

test('the shares of a whole net add up to one, and those of its passes to each share', () => {
  const profile = fakeProfile(FIRST_RUN, 3, 'wall-clock')
  for (const grouping of ['kernel', 'layer'] as const) {
    const rows = profileRows(profile, grouping)
    expect(rows.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 12)
    for (const { share, passes } of rows) {
      expect(passes.forward + passes.backward + passes.update).toBeCloseTo(share, 12)
    }
    expect(rows.reduce((total, { launches }) => total + launches, 0)).toBe(profile.launches.length)
  }
})

test('times that clocks round to nothing give no rate and no share', () => {
  expect(gigaPerSecond(6e6, 2)).toBe(3)
  expect(gigaPerSecond(6e6, 0)).toBeUndefined()
  expect(gigaPerSecond(0, 2)).toBeUndefined()
  const launches = PROFILE.launches.map((one) => ({ ...one, milliseconds: 0 }))
  const rows = profileRows({ ...PROFILE, launches }, 'kernel')
  expect(rows.map(({ share, ofLimit }) => [share, ofLimit])).toEqual(Array(3).fill([0, undefined]))
})

test('the file of a profile says on what it was measured, how, and each launch', () => {
  const device = { state: 'ready', name: 'A GPU', software: false, f16: true } as const
  const { name, text } = profileFile(PROFILE, FIRST_RUN, device)
  expect(name).toBe('resnet-8-v2-step-2.profile.json')
  expect(JSON.parse(text)).toMatchObject({
    ...{ format: 1, net: 'ResNet-8 v2', batchSize: FIRST_RUN.train.batchSize, step: 2 },
    ...{ startedAt: '2026-01-31T00:00:00.000Z', timing: 'timestamps', milliseconds: 8 },
    adapter: { name: 'A GPU', software: false },
    rates: { flopsPerSecond: 6e9, bytesPerSecond: 1e6 },
    shareOfLimit: 0.275,
    launches: PROFILE.launches.map((one, i) => ({ ...one, shareOfLimit: [0.5, 0.4, 0.1, 0.4][i] })),
    run: FIRST_RUN,
  })
})

test('kernels and layers become tracks of the performance panel, one profile at a time', () => {
  const own = () =>
    performance
      .getEntriesByType('measure')
      .filter(({ name }) => name.startsWith('Residual Playground: ')) as PerformanceMeasure[]
  const startedAt = performance.timeOrigin + 1000
  performance.measure('of another', { start: 0, end: 1 })
  showTracks({ ...PROFILE, startedAt }, performance)
  showTracks({ ...PROFILE, startedAt }, performance)
  const tracks = own().map(({ name, startTime, duration, detail: { devtools } }) => [
    ...[devtools.track, name, devtools.color, startTime, duration],
  ])
  const named = (name: string) => `Residual Playground: ${name}`
  expect(tracks.toSorted()).toEqual(
    [
      ['Kernels', named('conv2d'), 'primary', 1000, 2],
      ['Kernels', named('conv2d'), 'primary', 1002, 1],
      ['Kernels', named('sum'), 'secondary', 1003, 4],
      ['Kernels', named('add'), 'secondary', 1007, 1],
      ['Layers', named('conv1'), 'primary', 1000, 2],
      ['Layers', named('fc'), 'primary', 1002, 1],
      ['Layers', named('conv1'), 'secondary', 1003, 5],
    ].toSorted(),
  )
  expect(own()[0]!.detail.devtools).toMatchObject({
    ...{ dataType: 'track-entry', trackGroup: 'Residual Playground' },
    tooltipText: 'conv2d (forward): 2.000 ms',
    properties: [
      ...[
        ['layer', 'conv1'],
        ['pass', 'forward'],
      ],
      ...[
        ['GFLOP/s', '3.00'],
        ['GB/s', '0.000200'],
      ],
    ],
  })
  expect(performance.getEntriesByName('of another')).toHaveLength(1)
})
