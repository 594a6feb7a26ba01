import './controls.css'
import { NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { costOfReading } from '../../meter/cost'
import { isRead } from '../../meter/net'
import { useBench, useBenchState } from '../bench-context'
import { useRaceState } from '../compare/race-context'
import MeterCharts from './MeterCharts'
import { MeterControls } from './MeterControls'
import { useMeters } from './meter-context'
import { useMeterState, useReadings } from './use-meter'
import { useNetsBySeed } from './use-nets'

/** Control and charts of the meter of a race. */
export default function RaceReadings() {
  const t = useTranslations('meter')
  const { download } = useBench()
  const { race: meter } = useMeters()
  const every = useMeterState(meter, (state) => state.every)
  const speeds = useRaceState((state) => state.speeds)
  const obstacle = useObstacle()
  const bySeed = useNetsBySeed()
  const [wanted, setWanted] = useState<number>()
  useReadings(useMemo(() => bySeed.flat(), [bySeed]))
  const newest = bySeed.findLastIndex(isRead)
  const seed = wanted !== undefined && isRead(bySeed[wanted] ?? []) ? wanted : newest
  const nets = bySeed[seed] ?? []
  const readings = nets.flatMap(({ history }) => (history.last ? [history.last.milliseconds] : []))
  const stepMs = speeds.every((speed) => speed !== undefined)
    ? speeds.reduce((sum, speed) => sum + speed.stepMs, 0)
    : undefined
  return (
    <>
      <MeterControls
        meter={meter}
        obstacle={obstacle && t(`obstacle.${obstacle}`)}
        cost={readings.length > 0 ? costOfReading(readings, every, stepMs) : undefined}
      >
        {bySeed.length > 1 && newest >= 0 && (
          <NativeSelect
            size="sm"
            aria-label={t('seeds')}
            data={bySeed.flatMap((nets, i) =>
              isRead(nets) ? [{ value: String(i), label: t('seed', { seed: String(i + 1) }) }] : [],
            )}
            value={String(seed)}
            onChange={({ currentTarget }) => setWanted(Number(currentTarget.value))}
          />
        )}
      </MeterControls>
      {newest >= 0 ? (
        <MeterCharts nets={nets} view={meter.view} download={download} />
      ) : (
        <p className="panel-note">{t('emptyRace')}</p>
      )}
    </>
  )
}

/** Why nothing can be measured now. */
function useObstacle() {
  const unavailable = useBenchState(({ device }) => device.state === 'unavailable')
  const phase = useRaceState((state) => state.phase.phase)
  if (unavailable) return 'gpu'
  if (phase === 'failed') return 'stopped'
  return phase === 'finished' ? 'ended' : undefined
}
