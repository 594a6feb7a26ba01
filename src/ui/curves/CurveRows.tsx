import { ScrollArea, Table } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { marksOf, readAt } from '../../curves/drawing'
import { figure } from '../../curves/format'
import { isRelative } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import { scaleOf } from '../../curves/scale'
import type { CurveSeries } from '../../curves/series'
import type { CurveView } from '../../store/curve-view'
import { useCurveWords } from './use-curve-words'
import { useCurves, useView, useWindow } from './use-curves'

const ROWS = 20

interface Props {
  quantity: Quantity
  series: readonly CurveSeries[]
  view: CurveView
}

/** The figures of a chart at twenty places of what is seen, and its marks. */
export default function CurveRows({ quantity, series, view }: Props) {
  const t = useTranslations('curves')
  const words = useCurveWords()
  const { curves, whole } = useCurves(series, quantity, view)
  const window = useWindow(view, whole)
  const axis = useView(view, ({ x }) => x)
  const relative = useView(view, ({ relativeTo }) => isRelative(series, relativeTo))
  const scale = scaleOf(window, 0, ROWS)
  const counted = axis === 'step' || axis === 'images'
  const places = Array.from({ length: ROWS }, (_, i) => {
    const place = scale.value(i + 1)
    return counted ? Math.round(place) : place
  })
  const told = (value: number | undefined) =>
    value === undefined ? t('table.none') : figure(quantity, value, relative)
  return (
    <>
      <ScrollArea.Autosize mah={320} mt="sm" viewportProps={{ tabIndex: 0 }}>
        <Table
          aria-label={t('title', { quantity: words.quantity(quantity), over: words.over(axis) })}
          stickyHeader
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('table.at')}</Table.Th>
              {series.map(({ id, name }) => (
                <Table.Th key={id}>{name}</Table.Th>
              ))}
              {series.map(({ id, name }) => (
                <Table.Th key={id}>{t('table.validation', { name })}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...new Set(places)].map((place) => (
              <Table.Tr key={place}>
                <Table.Th scope="row">{words.place(axis, place)}</Table.Th>
                {curves.map(({ series: { id }, tracks }) => (
                  <Table.Td key={id}>{told(readAt(tracks.training, place))}</Table.Td>
                ))}
                {curves.map(({ series: { id }, tracks }) => (
                  <Table.Td key={id}>{told(readAt(tracks.validation, place))}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <ul className="curve-marks">
        {marksOf(series, axis).map(({ series: { id, name }, x, mark }) => (
          <li key={`${id}@${mark.step}`}>
            {t('table.mark', { name, place: words.place(axis, x), change: words.change(mark) })}
          </li>
        ))}
      </ul>
    </>
  )
}
