import { NativeSelect, Slider, Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { SHORTCUTS } from '../models/choices'
import { type ModelSpec, ORDERS, type Order, type Shortcut } from '../models/spec'

/** Where BN and ReLU stand, and what takes the identity's place: the paper's two tables. */
export function UnitVariants(props: { model: ModelSpec; onChange: (model: ModelSpec) => void }) {
  const { model, onChange } = props
  const { order, shortcut } = model
  const t = useTranslations('unit')
  const set = (change: Partial<ModelSpec>) => onChange({ ...model, ...change })
  const setShortcut = (next: Shortcut) => set({ shortcut: next })
  return (
    <Stack gap="sm" mt="sm">
      <NativeSelect
        size="sm"
        label={t('order')}
        data={ORDERS.map((value) => ({ value, label: t(`orderName.${value}`) }))}
        value={order}
        onChange={({ currentTarget: { value } }) => set({ order: value as Order })}
      />
      <NativeSelect
        size="sm"
        label={t('shortcut')}
        data={SHORTCUTS.map(({ shortcut: { kind } }) => ({
          value: kind,
          label: t(`shortcutName.${kind}`),
        }))}
        value={shortcut.kind}
        onChange={({ currentTarget: { value } }) =>
          setShortcut(SHORTCUTS.find((entry) => entry.shortcut.kind === value)!.shortcut)
        }
      />
      <ShortcutSliders shortcut={shortcut} onChange={setShortcut} />
    </Stack>
  )
}

function ShortcutSliders(props: { shortcut: Shortcut; onChange: (next: Shortcut) => void }) {
  const { shortcut, onChange } = props
  const t = useTranslations('unit')
  switch (shortcut.kind) {
    case 'scaling':
      return (
        <>
          <Knob
            label={t('factorOfShortcut')}
            {...{ min: 0, max: 1, step: 0.05, value: shortcut.shortcut }}
            onChange={(value) => onChange({ ...shortcut, shortcut: value })}
          />
          <Knob
            label={t('factorOfF')}
            {...{ min: 0, max: 1, step: 0.05, value: shortcut.residual }}
            onChange={(value) => onChange({ ...shortcut, residual: value })}
          />
        </>
      )
    case 'exclusive-gate':
    case 'shortcut-gate':
      return (
        <Knob
          label={t('bias')}
          {...{ min: -10, max: 0, step: 1, value: shortcut.bias }}
          onChange={(bias) => onChange({ ...shortcut, bias })}
        />
      )
    case 'dropout':
      return (
        <Knob
          label={t('rate')}
          {...{ min: 0, max: 0.9, step: 0.05, value: shortcut.rate }}
          onChange={(rate) => onChange({ ...shortcut, rate })}
        />
      )
    default:
      return null
  }
}

function Knob(props: {
  label: string
  min: number
  max: number
  step: number
  value: number
  onChange: (value: number) => void
}) {
  const { label, value, onChange, ...range } = props
  return (
    <div>
      <div className="field-label">
        {label}: <strong>{value}</strong>
      </div>
      <Slider
        {...range}
        value={value}
        label={null}
        thumbLabel={label}
        onChange={(next) => onChange(Number(next.toFixed(2)))}
      />
    </div>
  )
}
