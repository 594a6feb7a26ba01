import { Alert, Button, SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { count } from '../models/counts'
import { equations } from '../models/equation'
import { plan } from '../models/plan'
import {
  CIFAR_DEPTHS,
  sameNetworkAsV1,
  unitsForDepth,
  VERSIONS,
  type Version,
  versionOf,
  versionTitle,
  withVersion,
} from '../models/presets'
import { reported } from '../models/reported'
import type { Block, ModelSpec } from '../models/spec'
import { useBench, useBenchState } from './bench-context'
import { bytes, compact, integer } from './format'
import { UnitDiagram } from './UnitDiagram'
import { UnitVariants } from './UnitVariants'

/** Deeper nets are for the command line: their diagram is the same, their steps take seconds. */
const MAX_DEPTH = 164
const WIDTHS = { '8 · 16 · 32': [8, 16, 32], '16 · 32 · 64': [16, 32, 64] }

/** The switch between units, with the diagram, equations and counts of the net that it makes. */
export function UnitPanel() {
  const model = useBenchState((state) => state.draft.model)
  const network = useMemo(() => plan(model), [model])
  const [changing, setChanging] = useState(false)
  // The last of its kind: the first unit of a pre-activation net is a special case.
  const plain = network.units.findLast((unit) => !unit.changesShape)
  const shaped = network.units.find((unit) => unit.stride > 1)
  const unit = (changing ? (shaped ?? plain) : (plain ?? shaped))!
  return (
    <section className="panel" aria-label="Residual unit">
      <h2>Residual unit</h2>
      <Switches model={model} />
      <details style={{ marginTop: 12 }}>
        <summary className="figure">More: order and shortcut</summary>
        <UnitVariants />
      </details>
      <SegmentedControl
        fullWidth
        size="xs"
        mt="md"
        aria-label="Unit shown"
        data={[
          { value: 'plain', label: 'same shape', disabled: !plain },
          { value: 'changing', label: 'shape changes', disabled: !shaped },
        ]}
        value={unit.changesShape ? 'changing' : 'plain'}
        onChange={(value) => setChanging(value === 'changing')}
      />
      <UnitDiagram network={network} unit={unit} />
      <ul className="equation" aria-label="Equations">
        {equations(network, unit).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Counts model={model} />
      <PapersFigure model={model} />
    </section>
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
    <div>
      <div className="field-label" aria-hidden>
        {label}
      </div>
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

function depthOf({ block, units }: ModelSpec): number {
  return units[0]! * (block === 'basic' ? 6 : 9) + 2
}

function nearestDepth(block: Block, depth: number): number {
  return depths(block).reduce((best, candidate) =>
    Math.abs(candidate - depth) < Math.abs(best - depth) ? candidate : best,
  )
}

function depths(block: Block): number[] {
  return CIFAR_DEPTHS[block].filter((depth) => depth <= MAX_DEPTH)
}

function withDepth(spec: ModelSpec, block: Block, depth: number): ModelSpec {
  const units = unitsForDepth(block, depth)
  // Projection A is what the paper's basic nets use; a bottleneck's first shortcut needs B to learn.
  const projection = block === spec.block ? spec.projection : block === 'basic' ? 'A' : 'B'
  return { ...spec, block, projection, units: [units, units, units] }
}

function Switches({ model }: { model: ModelSpec }) {
  const bench = useBench()
  const set = (change: (spec: ModelSpec) => ModelSpec) =>
    bench.edit((run) => ({ ...run, model: change(run.model) }))
  const depth = depthOf(model)
  const bottleneckDepth = nearestDepth('bottleneck', depth)
  const widths = Object.entries(WIDTHS).find(([, list]) => String(list) === String(model.widths))
  return (
    <div style={{ display: 'grid', gap: 10 }}>
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
      <div style={{ display: 'grid', gap: 10, gridTemplateColumns: '1fr 2fr' }}>
        <Choice
          label="Projection"
          options={['A', 'B']}
          value={model.projection}
          onChange={(projection) =>
            set((spec) => ({ ...spec, projection: projection as ModelSpec['projection'] }))
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
    </div>
  )
}

function VersionNote({ model }: { model: ModelSpec }) {
  const version = versionOf(model)
  if (!version) return null
  const shown = sameNetworkAsV1(model) ? 'v1' : version
  return <div className="figure">{versionTitle(shown)}</div>
}

/** What the paper reports for this unit, so that a run here can be read beside it. */
function PapersFigure({ model }: { model: ModelSpec }) {
  const figure = reported(model, depthOf(model))
  if (!figure) return null
  return (
    <p className="figure" style={{ margin: '12px 0 0' }}>
      {figure.net}: <strong>{figure.error}</strong> test error on CIFAR-10 ({figure.source})
    </p>
  )
}

/** What the net costs, before it runs. */
function Counts({ model }: { model: ModelSpec }) {
  const cost = useBenchState((state) => state.cost)
  const { parameters, multiplyAdds } = useMemo(() => count(plan(model)), [model])
  return (
    <dl className="counts" style={{ marginTop: 12 }}>
      <dt>Parameters</dt>
      <dd>{integer(parameters)}</dd>
      <dt>Multiply-adds an image, forward</dt>
      <dd title={integer(multiplyAdds)}>{compact(multiplyAdds)}</dd>
      <dt>GPU memory of the run</dt>
      <dd>{cost ? bytes(cost.gpuBytes) : '–'}</dd>
      <dt>Dispatches a step</dt>
      <dd>{cost ? integer(cost.dispatches) : '–'}</dd>
    </dl>
  )
}
