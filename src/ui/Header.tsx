import { ActionIcon, Badge, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react'
import { useState } from 'react'
import { useBenchState } from './bench-context'
import { KeyboardHelp } from './KeyboardHelp'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const ICON = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }

/** Name, GPU, theme. */
export function Header() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [helping, setHelping] = useState(false)
  const Icon = ICON[colorScheme]
  return (
    <header className="header">
      <img src="./icon.svg" width={26} height={26} alt="" />
      <h1>Residual Playground</h1>
      <div className="device">
        <DeviceBadge />
      </div>
      <Tooltip label="Keys">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Keys"
          onClick={() => setHelping(true)}
        >
          <IconKeyboard size={20} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`Theme: ${colorScheme}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Theme: ${colorScheme}`}
          onClick={() => setColorScheme(NEXT[colorScheme])}
        >
          <Icon size={20} />
        </ActionIcon>
      </Tooltip>
      <KeyboardHelp opened={helping} onClose={() => setHelping(false)} />
    </header>
  )
}

function DeviceBadge() {
  const device = useBenchState((state) => state.device)
  switch (device.state) {
    case 'connecting':
      return <span className="figure">looking for the GPU…</span>
    case 'unavailable':
      return (
        <Badge variant="outline" color="red">
          no WebGPU
        </Badge>
      )
    case 'ready':
      return (
        <span className="figure" title={device.name}>
          {device.name}
          {device.software ? ' (software)' : ''}
        </span>
      )
    default:
      return device satisfies never
  }
}
