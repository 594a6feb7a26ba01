import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import type { Download } from '../../store/bench'
import type { CurveView } from '../../store/curve-view'
import { MenuButton } from '../MenuButton'
import { laterPart } from '../part'
import type { Exported, ExportWords } from './exported'
import { useCurveWords } from './use-curve-words'

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
  const t = useTranslations('curves')
  const { chart, inText, over } = useCurveWords()
  const words: ExportWords = {
    chart,
    file: ({ quantity, axis }) => t('title', { quantity: inText(quantity), over: over(axis) }),
    figures: t('export.figures'),
    more: (count) => t('export.more', { count: String(count) }),
  }
  const save = (way: (files: Exported) => void | Promise<void>) => () => {
    setFault(undefined)
    loadExported()
      .then(({ Exported }) => way(new Exported(series, words, download)))
      .catch((error: Error) => setFault(error.message))
  }
  const seen = () => view.store.getState()
  return (
    <>
      <MenuButton
        button={
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('export.button')}
          </Button>
        }
        entries={[
          ...QUANTITIES.map((quantity) => ({
            label: t('export.svg', { quantity: inText(quantity) }),
            onClick: save((files) => files.svg(seen(), quantity)),
          })),
          ...QUANTITIES.map((quantity) => ({
            label: t('export.png', { quantity: inText(quantity) }),
            onClick: save((files) => files.png(seen(), quantity)),
          })),
          { label: t('export.csv'), onClick: save((files) => files.csv()) },
        ]}
      />
      <span role="status">{fault && t('export.fault', { reason: fault })}</span>
    </>
  )
}
