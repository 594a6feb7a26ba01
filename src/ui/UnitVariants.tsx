import { NativeSelect, Slider, Stack } from '@mantine/core'
import { ORDER_NAMES, SHORTCUTS } from '../models/choices'
import { type ModelSpec, ORDERS, type Order, type Shortcut } from '../models/spec'

/** Where BN and ReLU stand, and what takes the identity's place: the paper's two tables. */
export function UnitVariants(props: { model: ModelSpec; onChange: (model: ModelSpec) => void }) {
  const { model, onChange } = props
  const { order, shortcut } = model
  const set = (change: Partial<ModelSpec>) => onChange({ ...model, ...change })
  const setShortcut = (next: Shortcut) => set({ shortcut: next })
  return (
    <Stack gap="sm" mt="sm">
      <NativeSelect
        size="sm"
        label="Order of BN and ReLU"
        data={ORDERS.map((value) => ({ value, label: ORDER_NAMES[value] }))}
        value={order}
        onChange={({ currentTarget: { value } }) => set({ order: value as Order })}
      />
      <NativeSelect
        size="sm"
        label="Shortcut"
        data={SHORTCUTS.map(({ label, shortcut: { kind } }) => ({ value: kind, label }))}
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
  switch (shortcut.kind) {
    case 'scaling':
      return (
        <>
          <Knob
            label="Factor of the shortcut"
            {...{ min: 0, max: 1, step: 0.05, value: shortcut.shortcut }}
            onChange={(value) => onChange({ ...shortcut, shortcut: value })}
          />
          <Knob
            label="Factor of F"
            {...{ min: 0, max: 1, step: 0.05, value: shortcut.residual }}
            onChange={(value) => onChange({ ...shortcut, residual: value })}
          />
        </>
      )
    case 'exclusive-gate':
    case 'shortcut-gate':
      return (
        <Knob
          label="First bias of the gate"
          {...{ min: -10, max: 0, step: 1, value: shortcut.bias }}
          onChange={(bias) => onChange({ ...shortcut, bias })}
        />
      )
    case 'dropout':
      return (
        <Knob
          label="Dropout rate"
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
