import fc from 'fast-check'
import {
  type ModelSpec,
  ORDERS,
  outputChannels,
  type Shortcut,
  stemWidth,
  usesProjection,
} from '../src/models/spec'

/** JSON has no −0. */
const real = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((x) => (x === 0 ? 0 : x))

const shortcuts: fc.Arbitrary<Shortcut> = fc.oneof(
  fc.constantFrom<Shortcut>({ kind: 'identity' }, { kind: 'none' }, { kind: 'conv1x1' }),
  fc.record({
    kind: fc.constant('scaling' as const),
    shortcut: real(-10, 10),
    residual: real(-10, 10),
  }),
  fc.record({
    kind: fc.constantFrom('exclusive-gate' as const, 'shortcut-gate' as const),
    bias: real(-100, 100),
  }),
  fc.record({ kind: fc.constant('dropout' as const), rate: real(0, 0.99) }),
)

const width = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4096 }))

const stages = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), width), {
  minLength: 1,
  maxLength: 8,
})

function narrows(spec: ModelSpec): boolean {
  const channels = [stemWidth(spec), ...spec.widths.map((_, stage) => outputChannels(spec, stage))]
  return channels.some((count, i) => i > 0 && count < channels[i - 1]!)
}

/** Specifications of every kind, all of them valid: projection A only where it can be. */
export const randomSpecs: fc.Arbitrary<ModelSpec> = fc
  .record(
    {
      stem: fc.constantFrom('cifar' as const, 'imagenet' as const),
      stemWidth: width,
      block: fc.constantFrom('basic' as const, 'bottleneck' as const),
      stages,
      order: fc.constantFrom(...ORDERS),
      strideAt: fc.constantFrom('first' as const, '3x3' as const),
      shortcut: shortcuts,
      projection: fc.constantFrom('A' as const, 'B' as const),
      widening: fc.boolean(),
      classes: fc.integer({ min: 10, max: 1000 }),
    },
    {
      requiredKeys: [
        ...(['stem', 'block', 'stages', 'order', 'strideAt', 'shortcut', 'projection'] as const),
        ...(['widening', 'classes'] as const),
      ],
    },
  )
  .map(({ stages, widening, ...rest }) => {
    const widths = stages.map(([, width]) => width)
    if (widening) widths.sort((a, b) => a - b)
    const spec: ModelSpec = { ...rest, units: stages.map(([units]) => units), widths }
    const needsB = usesProjection(spec.shortcut) && narrows(spec)
    return needsB ? { ...spec, projection: 'B' } : spec
  })
