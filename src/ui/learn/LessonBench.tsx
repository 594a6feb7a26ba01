import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { laneColour } from '../../curves/lanes'
import type { Panel } from '../../lessons/lesson'
import { plan } from '../../models/plan'
import { LaneCurves } from '../compare/RaceCurves'
import { useRaceState } from '../compare/race-context'
import { useRaceSeries } from '../compare/race-series'
import { CurveLegend } from '../curves/CurveLegend'
import { UnitPictures } from '../UnitPictures'
import { Unless } from '../Unless'
import { useShownUnit } from '../use-shown-unit'
import { LessonCounts } from './LessonCounts'
import { LessonMeter } from './LessonMeter'

/** The lesson's nets: what a step wants to be seen of them. */
export function LessonBench({ shows }: { shows: readonly Panel[] }) {
  const t = useTranslations('learn')
  const series = useRaceSeries()
  const trained = useRaceState(({ histories }) => histories.some(([first]) => first!.steps > 0))
  const curves = shows.filter((panel) => panel === 'loss' || panel === 'accuracy')
  return (
    <section className="lesson-bench column" aria-label={t('bench')}>
      {shows.includes('counts') && (
        <Unless hidden="counts">
          <LessonCounts />
        </Unless>
      )}
      {curves.length > 0 && (
        <Unless hidden="curves">
          {series.length > 1 && <CurveLegend series={series} />}
          {curves.map((quantity) => (
            <LaneCurves key={quantity} quantity={quantity} series={series} empty={!trained} />
          ))}
        </Unless>
      )}
      {shows.includes('meter') && (
        <Unless hidden="meter">
          <LessonMeter />
        </Unless>
      )}
      {shows.includes('unit') && (
        <Unless hidden="unit">
          <LessonUnit />
        </Unless>
      )}
    </section>
  )
}

/** The unit of one of the nets. */
function LessonUnit() {
  const t = useTranslations('learn')
  const lanes = useRaceState((state) => state.draft.lanes)
  const [wanted, setLane] = useState(0)
  const lane = Math.min(wanted, lanes.length - 1)
  const network = useMemo(() => plan(lanes[lane]!.model), [lanes, lane])
  const { plain, shaped, unit, choose } = useShownUnit(network)
  return (
    <section className="panel" aria-label={t('unit')}>
      <h2>{t('unit')}</h2>
      {lanes.length > 1 && (
        <SegmentedControl
          fullWidth
          size="xs"
          mb={8}
          aria-label={t('net')}
          style={{ borderTop: `3px solid ${laneColour(lane)}` }}
          data={lanes.map(({ name }, i) => ({ value: String(i), label: name }))}
          value={String(lane)}
          onChange={(value) => setLane(Number(value))}
        />
      )}
      {plain && shaped && (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('shape')}
          data={[
            { value: 'plain', label: t('sameShape') },
            { value: 'changing', label: t('changesShape') },
          ]}
          value={unit.changesShape ? 'changing' : 'plain'}
          onChange={(value) => choose(value === 'changing')}
        />
      )}
      <UnitPictures network={network} unit={unit} />
    </section>
  )
}
