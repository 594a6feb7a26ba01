import { useState } from 'react'
import type { RunRecord } from '../../archive/record'
import { createCurveView } from '../../store/curve-view'
import { useBench } from '../bench-context'
import { CurveChart } from '../curves/CurveChart'
import { CurveControls } from '../curves/CurveControls'
import { CurveLegend } from '../curves/CurveLegend'
import { ExportMenu } from '../curves/ExportMenu'
import { useKeptSeries } from './run-series'

const TITLES = { loss: 'Loss', accuracy: 'Accuracy' } as const

/** The curves of one run, or of several over each other. */
export default function RunCurves({ records }: { records: readonly RunRecord[] }) {
  const { download } = useBench()
  const [view] = useState(() => createCurveView(undefined, ''))
  const series = useKeptSeries(records)
  if (!series) return <p role="status">Reading the figures…</p>
  return (
    <>
      <section className="curves-bar" aria-label="Curves">
        <CurveControls series={series} view={view}>
          <ExportMenu series={series} view={view} download={download} />
        </CurveControls>
        <CurveLegend series={series} />
      </section>
      {(['loss', 'accuracy'] as const).map((quantity) => (
        <section key={quantity} className="panel" aria-label={TITLES[quantity]}>
          <h2>{TITLES[quantity]}</h2>
          <CurveChart quantity={quantity} series={series} view={view} />
        </section>
      ))}
    </>
  )
}
