import { seriesCsv } from '../../curves/csv'
import { AXIS_NAMES } from '../../curves/format'
import type { Look } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import { type ChartFile, chartSvg, chartTitle, exportName } from '../../curves/svg'
import type { Download } from '../../store/bench'
import type { CurveViewState } from '../../store/curve-view'
import { pngOf } from './png'

type Series = readonly CurveSeries[]

/** The chart of a quantity as it is seen. */
export function saveSvg(series: Series, seen: CurveViewState, quantity: Quantity, to: Download) {
  const { svg } = chart(series, seen, quantity)
  to(chartName(series, seen, quantity, 'svg'), bytesOf(svg))
}

/** The same as a picture; throws where the browser makes none. */
export async function savePng(
  series: Series,
  seen: CurveViewState,
  quantity: Quantity,
  to: Download,
): Promise<void> {
  const png = await pngOf(chart(series, seen, quantity))
  to(chartName(series, seen, quantity, 'png'), new Uint8Array(await png.arrayBuffer()))
}

/** The figures of all steps. */
export function saveCsv(series: Series, to: Download): void {
  to(exportName('figures', series, 'csv'), bytesOf(seriesCsv(series)))
}

function chart(
  series: Series,
  { x: axis, ...seen }: CurveViewState,
  quantity: Quantity,
): ChartFile {
  const look: Look = { ...seen, quantity, axis }
  return chartSvg(chartTitle(series, look), series, look)
}

const chartName = (series: Series, { x }: CurveViewState, quantity: Quantity, ending: string) =>
  exportName(`${quantity} over ${AXIS_NAMES[x]}`, series, ending)

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
