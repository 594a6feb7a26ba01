import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { seriesCsv } from '../../curves/csv'
import { AXIS_NAMES } from '../../curves/format'
import type { Look } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import { type ChartFile, chartSvg, chartTitle, exportName } from '../../curves/svg'
import type { Download } from '../../store/bench'
import type { CurveView } from '../../store/curve-view'

const QUANTITIES: readonly Quantity[] = ['loss', 'accuracy']

/** Charts as they are seen, and the figures behind them, as files. */
export function ExportMenu(props: {
  series: readonly CurveSeries[]
  view: CurveView
  download: Download
}) {
  const { series, view, download } = props
  const [fault, setFault] = useState<string>()
  const chart = (quantity: Quantity): { file: ChartFile; name: string } => {
    const { x: axis, ...rest } = view.store.getState()
    const look: Look = { ...rest, quantity, axis }
    const file = chartSvg(chartTitle(series, look), series, look)
    return { file, name: `${quantity} over ${AXIS_NAMES[axis]}` }
  }
  const saveSvg = (quantity: Quantity) => {
    const { file, name } = chart(quantity)
    download(exportName(name, series, 'svg'), bytesOf(file.svg))
  }
  const savePng = async (quantity: Quantity) => {
    const { file, name } = chart(quantity)
    const { pngOf } = await import('./png')
    const png = await pngOf(file)
    download(exportName(name, series, 'png'), new Uint8Array(await png.arrayBuffer()))
  }
  const told = (saving: Promise<void>) => {
    setFault(undefined)
    saving.catch((error: Error) => setFault(error.message))
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {QUANTITIES.map((quantity) => (
            <Menu.Item key={quantity} onClick={() => saveSvg(quantity)}>
              Chart of the {quantity} as SVG
            </Menu.Item>
          ))}
          {QUANTITIES.map((quantity) => (
            <Menu.Item key={quantity} onClick={() => told(savePng(quantity))}>
              Chart of the {quantity} as PNG
            </Menu.Item>
          ))}
          <Menu.Item
            onClick={() =>
              download(exportName('figures', series, 'csv'), bytesOf(seriesCsv(series)))
            }
          >
            Figures of every step as CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span role="status">{fault && `Not saved: ${fault}.`}</span>
    </>
  )
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
