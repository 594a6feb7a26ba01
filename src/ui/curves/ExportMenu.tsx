import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import type { Download } from '../../store/bench'
import type { CurveView } from '../../store/curve-view'
import { MenuButton } from '../MenuButton'
import { laterPart } from '../part'

const QUANTITIES: readonly Quantity[] = ['loss', 'accuracy']
const loadExported = laterPart(() => import('./exported'))

/** Charts as they are seen, and the figures behind them, as files. */
export function ExportMenu(props: {
  series: readonly CurveSeries[]
  view: CurveView
  download: Download
}) {
  const { series, view, download } = props
  const [fault, setFault] = useState<string>()
  const save = (way: (files: typeof import('./exported')) => void | Promise<void>) => () => {
    setFault(undefined)
    loadExported()
      .then(way)
      .catch((error: Error) => setFault(error.message))
  }
  const seen = () => view.store.getState()
  return (
    <>
      <MenuButton
        button={
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
            Export
          </Button>
        }
        entries={[
          ...QUANTITIES.map((quantity) => ({
            label: `Chart of the ${quantity} as SVG`,
            onClick: save((files) => files.saveSvg(series, seen(), quantity, download)),
          })),
          ...QUANTITIES.map((quantity) => ({
            label: `Chart of the ${quantity} as PNG`,
            onClick: save((files) => files.savePng(series, seen(), quantity, download)),
          })),
          {
            label: 'Figures of every step as CSV',
            onClick: save((files) => files.saveCsv(series, download)),
          },
        ]}
      />
      <span role="status">{fault && `Not saved: ${fault}.`}</span>
    </>
  )
}
