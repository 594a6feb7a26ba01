import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconGauge, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react'
import { useBenchState } from './bench-context'
import { PlaceNav } from './PlaceNav'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const ICON = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }

/** Name, places, GPU, bench, keys, theme. */
export function Header({ onHelp }: { onHelp: () => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Icon = ICON[colorScheme]
  return (
    <header className="header">
      <img src="./icon.svg" width={26} height={26} alt="" />
      <strong className="header-name">Residual Playground</strong>
      <PlaceNav />
      <DeviceBadge />
      <Tooltip label="Bench: how fast this GPU trains">
        <ActionIcon
          component="a"
          href="./bench/"
          variant="subtle"
          color="gray"
          aria-label="Bench: how fast this GPU trains"
        >
          <IconGauge size={20} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keys">
        <ActionIcon variant="subtle" color="gray" aria-label="Keys" onClick={onHelp}>
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
    </header>
  )
}

/** What the page computes on. */
function DeviceBadge() {
  const device = useBenchState((state) => state.device)
  switch (device.state) {
    case 'connecting':
      return <Device kind="connecting" name="looking for the GPU…" />
    case 'unavailable':
      return <Device kind="unavailable" name="no GPU" />
    case 'ready':
      return device.software ? (
        <Device kind="software" name={`${device.name} (software)`} />
      ) : (
        <Device kind="hardware" name={device.name} />
      )
    default:
      return device satisfies never
  }
}

function Device({ kind, name }: { kind: string; name: string }) {
  return (
    <span className="device" data-kind={kind} title={name}>
      <span className="device-name">{name}</span>
    </span>
  )
}
