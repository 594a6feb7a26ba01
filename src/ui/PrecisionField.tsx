import { NativeSelect } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { DeviceStatus } from '../store/bench'
import { useBenchState } from './bench-context'
import { useSettings } from './settings-context'

/** How feature maps are stored; f16 only where the adapter has it, or else with the reason. */
export function PrecisionField() {
  const { settings, edit } = useSettings()
  const { precision } = settings.train
  const t = useTranslations('train.settings')
  const missing = useBenchState(({ device }) => whyNoHalf(device))
  return (
    <NativeSelect
      size="sm"
      label={t('precision')}
      description={t(missing ?? 'aboutPrecision')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={precision === 'f16' && missing && t('chooseF32')}
      data={[
        { value: 'f32', label: 'f32' },
        { value: 'f16', label: 'f16', disabled: missing !== undefined },
      ]}
      value={precision}
      onChange={({ currentTarget }) => {
        const chosen = currentTarget.value as typeof precision
        edit((settings) => ({ ...settings, train: { ...settings.train, precision: chosen } }))
      }}
    />
  )
}

/** Why feature maps cannot be stored in f16 here, or undefined where they can. */
function whyNoHalf(device: DeviceStatus) {
  switch (device.state) {
    case 'connecting':
      return 'f16Connecting'
    case 'unavailable':
      return 'f16NoGpu'
    case 'ready':
      return device.f16 ? undefined : 'f16Missing'
    default:
      return device satisfies never
  }
}
