import './controls.css'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { costOfReading } from '../../meter/cost'
import type { MeteredNet } from '../../meter/net'
import { laneName } from '../../run/lanes'
import type { BenchState } from '../../store/bench'
import { useBench, useBenchState } from '../bench-context'
import MeterCharts from './MeterCharts'
import { MeterControls } from './MeterControls'
import { useMeters } from './meter-context'
import { useMeterState, useReadings } from './use-meter'

/** Control and charts of the meter of the bench's run. */
export default function RunReadings() {
  const t = useTranslations('meter')
  const { download } = useBench()
  const { run: meter } = useMeters()
  const run = useBenchState((state) => state.active.run)
  const obstacle = useBenchState(obstacleOf)
  const imagesPerSecond = useBenchState((state) => state.progress?.imagesPerSecond)
  const every = useMeterState(meter, (state) => state.every)
  const nets = useMemo<readonly MeteredNet[]>(
    () => [{ id: 'run', name: laneName(run.model), lane: 0, run, history: meter.history }],
    [run, meter],
  )
  useReadings(nets)
  const stepMs = imagesPerSecond ? (1000 * run.train.batchSize) / imagesPerSecond : undefined
  const { last } = meter.history
  return (
    <>
      <MeterControls
        meter={meter}
        obstacle={obstacle && t(`obstacle.${obstacle}`)}
        cost={last && costOfReading([last.milliseconds], every, stepMs)}
      />
      {last ? (
        <MeterCharts nets={nets} view={meter.view} download={download} />
      ) : (
        <p className="panel-note">{t('empty')}</p>
      )}
    </>
  )
}

/** Why nothing can be measured now. */
function obstacleOf({ device, phase, problems }: BenchState) {
  if (device.state === 'unavailable') return 'gpu'
  if (phase.phase === 'failed') return 'stopped'
  if (problems.length > 0) return 'settings'
  return undefined
}
