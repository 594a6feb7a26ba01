import { Button, NativeSelect, Progress } from '@mantine/core'
import { IconActivityHeartbeat } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { MeterCost } from '../../meter/cost'
import { CADENCES, faultOf, type Meter, type MeterStatus } from '../../store/meter'
import { Fault } from '../Fault'
import { bytes, milliseconds, percent } from '../format'
import { useFaultText } from '../use-fault-text'
import { useMeterState } from './use-meter'

const OFF = 'off'

/** When the meter reads, what it costs, and where it stands. */
export function MeterControls(props: {
  meter: Meter
  /** Why nothing can be measured now. */
  obstacle: string | undefined
  cost: MeterCost | undefined
  /** More of the place's own controls. */
  children?: ReactNode
}) {
  const { meter, obstacle, cost, children } = props
  const t = useTranslations('meter')
  const say = useFaultText()
  const every = useMeterState(meter, (state) => state.every)
  const status = useMeterState(meter, (state) => state.status)
  const asked = useMeterState(meter, (state) => state.asked)
  const fault = useMeterState(meter, faultOf)
  const waiting = obstacle !== undefined || asked
  return (
    <>
      <div className="meter-controls">
        <NativeSelect
          size="sm"
          aria-label={t('when')}
          data={[
            { value: OFF, label: t('onlyAsked') },
            ...CADENCES.map((steps) => ({ value: String(steps), label: t('every', { steps }) })),
          ]}
          value={every === null ? OFF : String(every)}
          onChange={({ currentTarget: { value } }) =>
            meter.setEvery(value === OFF ? null : Number(value))
          }
        />
        <Button
          variant="default"
          size="sm"
          leftSection={<IconActivityHeartbeat size={18} />}
          aria-disabled={waiting}
          data-disabled={waiting}
          aria-describedby="meter-obstacle"
          onClick={() => !waiting && meter.read()}
        >
          {t('now')}
        </Button>
        {children}
        <span id="meter-obstacle" className="panel-note">
          {obstacle}
        </span>
      </div>
      <p className="panel-note meter-cost" role="status">
        {asked && !obstacle
          ? t('reading')
          : cost && <Cost cost={cost} status={status} every={every} />}
      </p>
      {every === null && status.some(({ state }) => state === 'on') && (
        <Button variant="default" size="compact-xs" onClick={() => meter.setEvery(null)}>
          {t('free')}
        </Button>
      )}
      <Compiling status={status} />
      {fault && (
        <Fault title={t('failed')}>
          {say(fault.message)} {say(fault.remedy)}
        </Fault>
      )}
    </>
  )
}

function Cost(props: { cost: MeterCost; status: readonly MeterStatus[]; every: number | null }) {
  const { cost, status, every } = props
  const t = useTranslations('meter')
  const held = status.reduce((sum, one) => sum + (one.state === 'on' ? one.bytes : 0), 0)
  const share = every === null ? undefined : cost.share
  const time = milliseconds(cost.milliseconds)
  return (
    <>
      {share === undefined ? t('took', { time }) : t('tookShare', { time, share: percent(share) })}{' '}
      {held > 0 && t('holds', { bytes: bytes(held) })}
    </>
  )
}

function Compiling({ status }: { status: readonly MeterStatus[] }) {
  const t = useTranslations('meter')
  const compiling = status.filter((one) => one.state === 'compiling')
  if (compiling.length === 0) return null
  const done = compiling.reduce((sum, one) => sum + one.done, 0)
  const total = compiling.reduce((sum, one) => sum + one.total, 0)
  return (
    <div className="meter-compiling">
      <span className="panel-note">
        {t('compiling', { done: String(done), total: String(total) })}
      </span>
      <Progress size="sm" value={(100 * done) / total} aria-label={t('compiled')} />
    </div>
  )
}
