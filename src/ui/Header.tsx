import { ActionIcon, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconGauge, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { ELSEWHERE } from '../store/client-in-turn'
import { useBenchState } from './bench-context'
import { LanguageMenu } from './LanguageMenu'
import { PlaceNav } from './PlaceNav'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const ICON = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }

/** Name, places, GPU, bench, keys, language, theme. */
export function Header({ onHelp }: { onHelp: () => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Icon = ICON[colorScheme]
  const t = useTranslations('shell')
  return (
    <header className="header">
      <img src="./icon.svg" width={26} height={26} alt="" />
      <strong className="header-name">Residual Playground</strong>
      <PlaceNav />
      <DeviceBadge />
      <ActionIcon
        component="a"
        href="./bench/"
        variant="subtle"
        color="gray"
        title={t('bench')}
        aria-label={t('bench')}
      >
        <IconGauge size={20} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        title={t('keys')}
        aria-label={t('keys')}
        onClick={onHelp}
      >
        <IconKeyboard size={20} />
      </ActionIcon>
      <LanguageMenu />
      <ActionIcon
        variant="subtle"
        color="gray"
        title={t(`theme.${colorScheme}`)}
        aria-label={t(`theme.${colorScheme}`)}
        onClick={() => setColorScheme(NEXT[colorScheme])}
      >
        <Icon size={20} />
      </ActionIcon>
    </header>
  )
}

/** What the page computes on. */
function DeviceBadge() {
  const device = useBenchState((state) => state.device)
  const t = useTranslations('shell.device')
  switch (device.state) {
    case 'connecting':
      return <Device kind="connecting" name={t('connecting')} />
    case 'unavailable':
      if (device === ELSEWHERE) return <Device kind="elsewhere" name={t('elsewhere')} />
      return <Device kind="unavailable" name={t('unavailable')} />
    case 'ready':
      return device.software ? (
        <Device kind="software" name={t('software', { name: device.name })} />
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
