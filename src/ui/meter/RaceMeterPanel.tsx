import { NativeSelect } from '@mantine/core'
import { Suspense, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useStore } from 'zustand'
import { costOfReading } from '../../meter/cost'
import type { MeteredNet } from '../../meter/net'
import { laneRun } from '../../run/comparison'
import { useBench, useBenchState } from '../bench-context'
import { useRaceState } from '../compare/race-context'
import { LazyCharts } from './LazyCharts'
import { MeterControls } from './MeterControls'
import { useMeters } from './meter-context'
import { useMeterState, useReadings } from './use-meter'

/** The signal meter of a race's lanes, over one another. */
export function RaceMeterPanel() {
  const t = useTranslations('meter')
  const [open, setOpen] = useState(false)
  return (
    <details className="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('title')}</summary>
      {open && <Content />}
    </details>
  )
}

function Content() {
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
        <Suspense>
          <LazyCharts nets={nets} view={meter.view} download={download} />
        </Suspense>
      ) : (
        <p className="panel-note">{t('emptyRace')}</p>
      )}
    </>
  )
}

function isRead(nets: readonly MeteredNet[]): boolean {
  return nets.some(({ history }) => history.last)
}

/** The lanes of the race as nets with readings, for each seed. */
export function useNetsBySeed(): readonly (readonly MeteredNet[])[] {
  const { race: meter } = useMeters()
  const comparison = useRaceState((state) => state.active?.comparison)
  const histories = useStore(meter.store, (state) => state.histories)
  return useMemo(() => {
    if (!comparison || histories.length !== comparison.lanes.length) return []
    return Array.from({ length: comparison.seeds }, (_, seed) =>
      comparison.lanes.map(({ name }, lane) => ({
        ...{ id: `lane-${lane}`, name, lane, run: laneRun(comparison, lane, seed) },
        history: histories[lane]![seed]!,
      })),
    )
  }, [comparison, histories])
}

/** Why nothing can be measured now. */
function useObstacle() {
  const unavailable = useBenchState(({ device }) => device.state === 'unavailable')
  const phase = useRaceState((state) => state.phase.phase)
  if (unavailable) return 'gpu'
  if (phase === 'failed') return 'stopped'
  return phase === 'finished' ? 'ended' : undefined
}
