import { ScrollArea, Table } from '@mantine/core'
import { marksOf, readAt } from '../../curves/drawing'
import { AXIS_NAMES, figure, placeName, QUANTITY_NAMES } from '../../curves/format'
import { isRelative } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import { changeName } from '../../curves/marks'
import { scaleOf } from '../../curves/scale'
import type { CurveSeries } from '../../curves/series'
import type { CurveView } from '../../store/curve-view'
import { useCurves, useView, useWindow } from './use-curves'

const ROWS = 20

interface Props {
  quantity: Quantity
  series: readonly CurveSeries[]
  view: CurveView
}

/** The figures of a chart at twenty places of what is seen, and its marks. */
export default function CurveRows({ quantity, series, view }: Props) {
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
    value === undefined ? '–' : figure(quantity, value, relative)
  return (
    <>
      <ScrollArea.Autosize mah={320} mt="sm" viewportProps={{ tabIndex: 0 }}>
        <Table aria-label={`${QUANTITY_NAMES[quantity]} over ${AXIS_NAMES[axis]}`} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>at</Table.Th>
              {series.map(({ id, name }) => (
                <Table.Th key={id}>{name}</Table.Th>
              ))}
              {series.map(({ id, name }) => (
                <Table.Th key={id}>{name}, validation</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...new Set(places)].map((place) => (
              <Table.Tr key={place}>
                <Table.Th scope="row">{placeName(axis, place)}</Table.Th>
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
            {name}, after {placeName(axis, x)}: {changeName(mark)}
          </li>
        ))}
      </ul>
    </>
  )
}
