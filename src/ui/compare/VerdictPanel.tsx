import { NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { finalAccuracies } from '../../store/outcomes'
import { oneTimeIn, type Verdict, verdict } from '../../store/verdict'
import { LaneMark } from '../curves/LaneMark'
import { useFigures } from '../curves/use-figures'
import { useRaceState } from './race-context'
import { useRaceSeries } from './race-series'

/** Whether lanes differ in their final accuracy by more than seeds do. */
export function VerdictPanel() {
  const series = useRaceSeries()
  const lanes = useRaceState((state) => state.lanes)
  const [chosen, setChosen] = useState(0)
  const t = useTranslations('compare.verdict')
  useFigures(series)
  if (series.length < 2) return null
  const base = chosen < series.length ? chosen : 0
  const finals = series.map(({ histories }, lane) => finalAccuracies(lanes[lane]!, histories))
  return (
    <section className="panel" aria-label={t('title')}>
      <div className="panel-head">
        <h2>{t('title')}</h2>
        <NativeSelect
          size="xs"
          aria-label={t('base')}
          data={series.map(({ name }, lane) => ({
            value: String(lane),
            label: t('against', { name }),
          }))}
          value={String(base)}
          onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
        />
      </div>
      <ul className="verdicts">
        {series.map(({ id, name, lane }) =>
          lane === base ? null : (
            <li key={id}>
              <LaneMark lane={lane} />
              <span>
                <Sentence name={name} found={verdict(finals[lane]!, finals[base]!)} />
              </span>
            </li>
          ),
        )}
      </ul>
    </section>
  )
}

function Sentence({ name, found }: { name: string; found: Verdict }) {
  const t = useTranslations('compare.verdict')
  const b = (chunks: ReactNode) => <strong>{chunks}</strong>
  if (found.kind === 'none') return t.rich('none', { name, b })
  const { difference } = found
  const far = { points: points(Math.abs(difference)) }
  const apart = difference === 0 ? t('level') : t(difference > 0 ? 'higher' : 'lower', far)
  if (found.kind === 'one-seed') return t.rich('oneSeed', { name, apart, b })
  const { kind, spread, seeds } = found
  const said = { name, apart, b, spread: points(spread), seeds: String(seeds) }
  return (
    <>
      {t.rich(kind, said)} <Tally {...found} />
    </>
  )
}

/** How many seeds are for the lane, and how easily that comes about by itself. */
function Tally({ better, worse, seeds }: Extract<Verdict, { better: number }>) {
  const t = useTranslations('compare.verdict')
  const times = String(oneTimeIn(seeds))
  if (better === seeds) return t('allBetter', { times })
  if (worse === seeds) return t('allWorse', { times })
  return t('tally', { better: String(better), worse: String(worse), seeds: String(seeds) })
}

/** 0.021 as "2.1" points of a per cent. */
function points(share: number): string {
  return (100 * share).toFixed(1)
}
