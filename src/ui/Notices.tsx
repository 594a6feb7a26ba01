import { List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ELSEWHERE } from '../store/client-in-turn'
import { useBenchState } from './bench-context'
import { Fault } from './Fault'
import { LastRunOffer, NotKept, PartOfLink, RefusedFile } from './KeptRun'
import { RunSetBack } from './RunSetBack'
import { useFaultText } from './use-fault-text'

/** What stands between the user and a good run, each with what to do about it. */
export function Notices() {
  const phase = useBenchState((state) => state.phase)
  const problems = useBenchState((state) => state.problems)
  const t = useTranslations('train')
  const shell = useTranslations('shell')
  const say = useFaultText()
  return (
    <>
      <DeviceNotice />
      <LastRunOffer />
      <RefusedFile />
      <PartOfLink />
      <RunSetBack />
      <NotKept />
      {phase.phase === 'failed' && (
        <Fault title={t('stopped')}>
          {say(phase.message)} {say(phase.remedy)} <a href="#self-test">{shell('selfTest')}</a>
        </Fault>
      )}
      <Problems problems={problems} />
    </>
  )
}

/** That the page computes in software, or not at all. */
export function DeviceNotice() {
  const device = useBenchState((state) => state.device)
  if (device === ELSEWHERE) return null
  if (device.state === 'unavailable') {
    return <NoWebGpu reason={device.reason} remedy={device.remedy} />
  }
  return device.state === 'ready' && device.software ? <SoftwareAdapter /> : null
}

/** Settings that are at fault, a line a fault with its path. */
export function Problems({ problems }: { problems: readonly string[] }) {
  const t = useTranslations('train')
  const say = useFaultText()
  if (problems.length === 0) return null
  return (
    <Fault title={t('settingsFault')}>
      <List size="sm">
        {problems.map((problem) => (
          <List.Item key={problem}>{say(problem)}</List.Item>
        ))}
      </List>
    </Fault>
  )
}

function SoftwareAdapter() {
  const t = useTranslations('train')
  return (
    <p className="notice" role="note">
      <IconAlertTriangle size={20} aria-hidden />
      <span>{t.rich('software', { b: bold })}</span>
    </p>
  )
}

const BROWSERS = ['chrome', 'linux', 'firefox', 'safari'] as const

function NoWebGpu({ reason, remedy }: { reason: string; remedy: string }) {
  const t = useTranslations('train.noWebGpu')
  const say = useFaultText()
  return (
    <Fault title={t('title')}>
      {say(reason)} {say(remedy)} {t('works')}
      <List size="sm" mt="xs">
        {BROWSERS.map((browser) => (
          <List.Item key={browser}>{t.rich(browser, { b: bold })}</List.Item>
        ))}
      </List>
    </Fault>
  )
}

const bold = (chunks: ReactNode) => <strong>{chunks}</strong>
