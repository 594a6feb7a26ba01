import { useEffect, useState } from 'react'
import type { WholeRun } from '../../archive/exchange'
import type { RunRecord } from '../../archive/record'
import { MetricsHistory } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import { runName } from './run-name'
import { useRuns } from './runs-context'

/** The curves of a kept run, in a lane's colour. */
export function runSeries({ record, steps }: WholeRun, lane: number): CurveSeries {
  const history = new MetricsHistory()
  history.append({ first: 0, ...steps })
  for (const evaluation of record.evaluations) history.addEvaluation(evaluation)
  for (const mark of record.adjustments ?? []) history.addMark(mark)
  const { train, data } = record.run
  return {
    ...{ id: record.id, name: runName(record), lane, histories: [history] },
    ...{ batchSize: train.batchSize, trainImages: data.train },
  }
}

/** The curves of kept runs, in the lanes' colours; undefined until they have been read. */
export function useKeptSeries(records: readonly RunRecord[]): readonly CurveSeries[] | undefined {
  const runs = useRuns()
  const [series, setSeries] = useState<readonly CurveSeries[]>()
  // A run that is on grows under its id, and is named while it is shown.
  const wanted = records.map(({ id, steps, name }) => `${id} ${steps} ${name}`).join('\n')
  useEffect(() => {
    let left = false
    const read = async (record: RunRecord, lane: number): Promise<CurveSeries> =>
      runSeries({ record, steps: await runs.steps(record.id) }, lane)
    Promise.all(records.map(read)).then((all) => {
      if (!left) setSeries(all)
    })
    return () => {
      left = true
    }
  }, [runs, wanted])
  return series
}
