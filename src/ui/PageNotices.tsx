import { Button } from '@mantine/core'
import { IconBatteryExclamation, IconBrowserShare, IconDownload } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useStore } from 'zustand'
import type { AppUpdate } from '../store/app-update'
import { isBusy } from '../store/bench'
import type { Power } from '../store/power'
import { isRaceBusy } from '../store/race'
import type { PageNotices } from '../store/start'
import type { Turn } from '../store/turn'
import { useBenchState } from './bench-context'
import { useRaceState } from './compare/race-context'
import { percent } from './format'
import { useLearn } from './learn/learn-context'
import { UncaughtFaultNotice } from './UncaughtFault'

/** What concerns the page as a whole: faults, another tab that trains, a new version, the battery. */
export default function Notices({ uncaught, turn, update, power }: PageNotices) {
  return (
    <>
      <UncaughtFaultNotice uncaught={uncaught} />
      <ElsewhereNotice turn={turn} />
      <UpdateNotice update={update} />
      <BatteryNotice power={power} />
    </>
  )
}

function Notice(props: { icon: ReactNode; text: string; children?: ReactNode }) {
  return (
    <div className="notice offer">
      {props.icon}
      <div role="status">{props.text}</div>
      {props.children}
    </div>
  )
}

/** That another tab trains, and how to train here. */
function ElsewhereNotice({ turn }: { turn: Turn }) {
  const state = useStore(turn.store, (turn) => turn.state)
  const t = useTranslations('shell.turn')
  if (state === 'here') return null
  return (
    <Notice icon={<IconBrowserShare size={20} aria-hidden />} text={t('elsewhere')}>
      <Button size="xs" loading={state === 'asking'} onClick={() => turn.takeOver()}>
        {t('take')}
      </Button>
    </Notice>
  )
}

/** That a new version is there; it does not break into a training. */
function UpdateNotice({ update }: { update: AppUpdate }) {
  const state = useStore(update.store, (update) => update.state)
  const busy = useTraining()
  const t = useTranslations('shell.update')
  if (state === 'none') return null
  const text = state === 'taken' ? t('taken') : t(busy ? 'later' : 'here')
  return (
    <Notice icon={<IconDownload size={20} aria-hidden />} text={text}>
      <Button size="xs" disabled={busy} onClick={update.take}>
        {t('take')}
      </Button>
    </Notice>
  )
}

/** True while anything trains in this page: its run, its race or a lesson's nets. */
function useTraining(): boolean {
  const run = useBenchState(({ phase }) => isBusy(phase))
  const race = useRaceState(({ phase }) => isRaceBusy(phase))
  const lesson = useStore(useLearn().race.store, ({ phase }) => isRaceBusy(phase))
  return run || race || lesson
}

function BatteryNotice({ power }: { power: Power }) {
  const low = useStore(power.store, (power) => power.low)
  const t = useTranslations('shell')
  if (low === undefined) return null
  return (
    <Notice
      icon={<IconBatteryExclamation size={20} aria-hidden />}
      text={t('battery', { level: percent(low) })}
    />
  )
}
