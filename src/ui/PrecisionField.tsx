import { NativeSelect } from '@mantine/core'
import type { DeviceStatus } from '../store/bench'
import { useBenchState } from './bench-context'
import { useSettings } from './settings-context'

/** How feature maps are stored; f16 only where the adapter has it, or else with the reason. */
export function PrecisionField() {
  const { settings, edit } = useSettings()
  const { precision } = settings.train
  const missing = useBenchState(({ device }) => whyNoHalf(device))
  return (
    <NativeSelect
      size="sm"
      label="Precision"
      description={
        missing ?? 'f16 stores feature maps in half the bytes; sums and weights are f32.'
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={precision === 'f16' && missing && 'Choose f32 to train here.'}
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
function whyNoHalf(device: DeviceStatus): string | undefined {
  switch (device.state) {
    case 'connecting':
      return 'f16 can be chosen once the GPU is known to have it.'
    case 'unavailable':
      return 'f16 needs a GPU with shader-f16; there is no GPU.'
    case 'ready':
      return device.f16 ? undefined : 'f16 is not to be had: this adapter has no shader-f16.'
    default:
      return device satisfies never
  }
}
