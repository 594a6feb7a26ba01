import { seriesCsv } from '../../curves/csv'
import type { Look } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import { type ChartFile, type ChartWords, chartSvg, exportName } from '../../curves/svg'
import type { Download } from '../../store/bench'
import type { CurveViewState } from '../../store/curve-view'
import { pngOf } from './png'

/** The words of what is exported. */
export interface ExportWords {
  chart(series: readonly CurveSeries[], look: Look): ChartWords
  /** What a chart shows, in its file's name: "loss over steps". */
  file(look: Look): string
  figures: string
  more(count: number): string
}

/** Curves as files. */
export class Exported {
  constructor(
    private readonly series: readonly CurveSeries[],
    private readonly words: ExportWords,
    private readonly download: Download,
  ) {}

  /** The chart of a quantity as it is seen. */
  svg(seen: CurveViewState, quantity: Quantity): void {
    const look = lookOf(seen, quantity)
    this.save(this.words.file(look), 'svg', bytesOf(this.chart(look).svg))
  }

  /** The same as a picture; throws where the browser makes none. */
  async png(seen: CurveViewState, quantity: Quantity): Promise<void> {
    const look = lookOf(seen, quantity)
    const png = await pngOf(this.chart(look))
    this.save(this.words.file(look), 'png', new Uint8Array(await png.arrayBuffer()))
  }

  /** The figures of all steps. */
  csv(): void {
    this.save(this.words.figures, 'csv', bytesOf(seriesCsv(this.series)))
  }

  private chart(look: Look): ChartFile {
    return chartSvg(this.words.chart(this.series, look), this.series, look)
  }

  private save(what: string, ending: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.download(exportName(what, this.series, ending, this.words.more), bytes)
  }
}

function lookOf({ x: axis, ...seen }: CurveViewState, quantity: Quantity): Look {
  return { ...seen, quantity, axis }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
