import { Alert, Button, SegmentedControl } from '@mantine/core'
import {
  depthOf,
  sameNetworkAsV1,
  VERSIONS,
  type Version,
  versionOf,
  versionTitle,
  withVersion,
} from '../models/presets'
import type { Block, ModelSpec, Projection } from '../models/spec'
import { depths, nearestDepth, withDepth } from './depths'

const WIDTHS = { '8 · 16 · 32': [8, 16, 32], '16 · 32 · 64': [16, 32, 64] }

/** The net in five choices. */
export function UnitSwitch(props: { model: ModelSpec; onChange: (model: ModelSpec) => void }) {
  const { model, onChange } = props
  const set = (change: (spec: ModelSpec) => ModelSpec) => onChange(change(model))
  const depth = depthOf(model)
  const bottleneckDepth = nearestDepth('bottleneck', depth)
  const widths = Object.entries(WIDTHS).find(([, list]) => String(list) === String(model.widths))
  return (
    <div className="choices">
      <Choice
        label="Version"
        options={VERSIONS}
        value={versionOf(model) ?? ''}
        onChange={(version) => set((spec) => withVersion(spec, version as Version))}
      />
      <VersionNote model={model} />
      {sameNetworkAsV1(model) && (
        <Alert color="lagoon" p="xs" role="note">
          With basic units v1 and v1.5 are the same network: the stride they move sits in a
          bottleneck's first two convolutions.{' '}
          <Button
            size="compact-xs"
            variant="light"
            onClick={() => set((spec) => withDepth(spec, 'bottleneck', bottleneckDepth))}
          >
            Use bottlenecks, depth {bottleneckDepth}
          </Button>
        </Alert>
      )}
      <Choice
        label="Block"
        options={['basic', 'bottleneck']}
        value={model.block}
        onChange={(block) =>
          set((spec) => withDepth(spec, block as Block, nearestDepth(block as Block, depth)))
        }
      />
      <Choice
        label="Depth"
        options={depths(model.block).map(String)}
        value={String(depth)}
        onChange={(value) => set((spec) => withDepth(spec, spec.block, Number(value)))}
      />
      <Choice
        label="Projection"
        options={['A', 'B']}
        value={model.projection}
        onChange={(projection) =>
          set((spec) => ({ ...spec, projection: projection as Projection }))
        }
      />
      <Choice
        label="Widths"
        options={Object.keys(WIDTHS)}
        value={widths?.[0] ?? ''}
        onChange={(label) =>
          set((spec) => ({
            ...spec,
            widths: WIDTHS[label as keyof typeof WIDTHS],
            stemWidth: WIDTHS[label as keyof typeof WIDTHS][0]!,
          }))
        }
      />
    </div>
  )
}

function Choice(props: {
  label: string
  options: readonly string[]
  value: string
  onChange: (value: string) => void
}) {
  const { label, options, value, onChange } = props
  return (
    <div className="choice">
      <span className="field-label" aria-hidden>
        {label}
      </span>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={label}
        data={[...options]}
        value={value}
        onChange={onChange}
      />
    </div>
  )
}

/** Where a version comes from; always a line, so that nothing below it moves. */
function VersionNote({ model }: { model: ModelSpec }) {
  const version = sameNetworkAsV1(model) ? 'v1' : versionOf(model)
  return (
    <div className="version-note">
      {version ? versionTitle(version) : 'another order, see below'}
    </div>
  )
}
