import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { finalAccuracies } from '../../store/outcomes'
import { oneTimeIn, type Verdict, verdict } from '../../store/verdict'
import { LaneMark } from '../curves/LaneMark'
import { useFigures } from '../curves/use-curves'
import { useRaceState } from './race-context'
import { useRaceSeries } from './race-series'

/** Whether lanes differ in their final accuracy by more than seeds do. */
export function VerdictPanel() {
  const series = useRaceSeries()
  const lanes = useRaceState((state) => state.lanes)
  const [chosen, setChosen] = useState(0)
  useFigures(series)
  if (series.length < 2) return null
  const base = chosen < series.length ? chosen : 0
  const finals = series.map(({ histories }, lane) => finalAccuracies(lanes[lane]!, histories))
  return (
    <section className="panel" aria-label="Is the difference more than chance?">
      <div className="panel-head">
        <h2>Is the difference more than chance?</h2>
        <NativeSelect
          size="xs"
          aria-label="Against which lane"
          data={series.map(({ name }, lane) => ({ value: String(lane), label: `against ${name}` }))}
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
                <strong>{name}</strong> {sentence(verdict(finals[lane]!, finals[base]!))}
              </span>
            </li>
          ),
        )}
      </ul>
    </section>
  )
}

function sentence(found: Verdict): string {
  switch (found.kind) {
    case 'none':
      return 'is to be judged when it and the other lane have ended with a seed.'
    case 'one-seed':
      return `ends ${apart(found.difference)}, with one seed: nothing can be said. Another seed can move a lane by as much; train at least three.`
    case 'exceeds':
      return `ends ${apart(found.difference)} (medians), more than the spread of ${points(found.spread)} over ${found.seeds} seeds. ${tally(found)}`
    case 'within':
      return `ends ${apart(found.difference)} (medians), within the spread of ${points(found.spread)} over ${found.seeds} seeds: the difference may be chance. ${tally(found)}`
    default:
      return found satisfies never
  }
}

/** How many seeds are for the lane, and how easily that comes about by itself. */
function tally({ better, worse, seeds }: Extract<Verdict, { better: number }>): string {
  if (better === seeds || worse === seeds) {
    const which = better === seeds ? 'better' : 'worse'
    return `It is ${which} with every seed, which chance alone gives 1 time in ${oneTimeIn(seeds)} between equal lanes.`
  }
  return `It is better with ${better} and worse with ${worse} of ${seeds}.`
}

function apart(difference: number): string {
  if (difference === 0) return 'level'
  return `${points(Math.abs(difference))} ${difference > 0 ? 'higher' : 'lower'}`
}

/** 0.021 as "2.1 points" of a per cent. */
function points(share: number): string {
  return `${(100 * share).toFixed(1)} points`
}
