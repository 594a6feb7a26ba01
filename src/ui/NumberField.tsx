import { NumberInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useSettings } from './settings-context'
import { useFaultText } from './use-fault-text'

/** The reason of the first fault at a path of the settings, or undefined. */
export function faultAt(problems: readonly string[], path: string): string | undefined {
  const problem = problems.find((line) => line.startsWith(`${path}:`))
  return problem?.slice(path.length + 2)
}

/** A number of the settings; an emptied field is NaN, which no run may have. */
export function NumberField(props: {
  label: string
  /** The path that its faults are told under. */
  path: string
  value: number
  step?: number
  suffix?: string
  disabled?: boolean
  onChange: (value: number) => void
}) {
  const { label, path, value, step = 1, suffix = '', disabled = false, onChange } = props
  const fault = faultAt(useSettings().problems, path)
  const t = useTranslations('train.settings')
  const say = useFaultText()
  return (
    <NumberInput
      size="sm"
      label={label}
      value={Number.isNaN(value) ? '' : value}
      step={step}
      min={0}
      suffix={suffix}
      disabled={disabled}
      error={Number.isNaN(value) ? t('notANumber') : fault && say(fault)}
      onChange={(next) => {
        // A number that is being typed, "0." say, comes as text; it counts once it is one.
        if (typeof next === 'number') onChange(next)
        else if (next === '') onChange(Number.NaN)
      }}
    />
  )
}
