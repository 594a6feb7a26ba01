import { Alert, Button, SegmentedControl } from '@mantine/core'
import { useTranslations } from 'use-intl'
import {
  depthOf,
  sameNetworkAsV1,
  VERSIONS,
  type Version,
  versionOf,
  withVersion,
} from '../models/presets'
import type { Block, ModelSpec, Projection } from '../models/spec'
import { depths, nearestDepth, withDepth } from './depths'

const TITLES = { v1: 'v1', 'v1.5': 'v15', v2: 'v2' } as const
const WIDTHS = { '8 · 16 · 32': [8, 16, 32], '16 · 32 · 64': [16, 32, 64] }

/** The net in five choices. */
export function UnitSwitch(props: { model: ModelSpec; onChange: (model: ModelSpec) => void }) {
  const { model, onChange } = props
  const set = (change: (spec: ModelSpec) => ModelSpec) => onChange(change(model))
  const t = useTranslations('unit')
  const depth = depthOf(model)
  const bottleneckDepth = nearestDepth('bottleneck', depth)
  const widths = Object.entries(WIDTHS).find(([, list]) => String(list) === String(model.widths))
  return (
    <div className="choices">
      <Choice
        label={t('version')}
        options={VERSIONS.map(named)}
        value={versionOf(model) ?? ''}
        onChange={(version) => set((spec) => withVersion(spec, version as Version))}
      />
      <VersionNote model={model} />
      {sameNetworkAsV1(model) && (
        <Alert color="lagoon" p="xs" role="note">
          {t('sameAsV1')}{' '}
          <Button
            size="compact-xs"
            variant="light"
            onClick={() => set((spec) => withDepth(spec, 'bottleneck', bottleneckDepth))}
          >
            {t('useBottlenecks', { depth: String(bottleneckDepth) })}
          </Button>
        </Alert>
      )}
      <Choice
        label={t('block')}
        options={(['basic', 'bottleneck'] as const).map((value) => ({
          value,
          label: t(`blockName.${value}`),
        }))}
        value={model.block}
        onChange={(block) =>
          set((spec) => withDepth(spec, block as Block, nearestDepth(block as Block, depth)))
        }
      />
      <Choice
        label={t('depth')}
        options={depths(model.block).map(named)}
        value={String(depth)}
        onChange={(value) => set((spec) => withDepth(spec, spec.block, Number(value)))}
      />
      <Choice
        label={t('projection')}
        options={['A', 'B'].map(named)}
        value={model.projection}
        onChange={(projection) =>
          set((spec) => ({ ...spec, projection: projection as Projection }))
        }
      />
      <Choice
        label={t('widths')}
        options={Object.keys(WIDTHS).map(named)}
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

interface Option {
  value: string
  label: string
}

/** An option that is called what it is. */
const named = (value: string | number): Option => ({ value: String(value), label: String(value) })

function Choice(props: {
  label: string
  options: readonly Option[]
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
  const t = useTranslations('unit')
  return (
    <div className="version-note">{version ? t(`title.${TITLES[version]}`) : t('otherOrder')}</div>
  )
}
