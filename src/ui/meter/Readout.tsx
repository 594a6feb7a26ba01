import { useTranslations } from 'use-intl'
import { type DepthAxis, nearest } from '../../meter/depth'
import { figure } from '../../meter/format'
import { deepest, type MeteredNet } from '../../meter/net'
import { present, quantityOf, UNIT_QUANTITIES, type UnitReading } from '../../meter/quantities'
import type { MeterView } from '../../store/meter-view'
import { LaneMark } from '../curves/LaneMark'
import { useMeterView } from './use-meter'

/** All numbers of the unit that is pointed at, or else of the one that is chosen. */
export function Readout(props: { nets: readonly MeteredNet[]; depth: DepthAxis; view: MeterView }) {
  const { nets, depth, view } = props
  const t = useTranslations('meter')
  const cursor = useMeterView(view, (state) => state.cursor)
  const chosen = useMeterView(view, (state) => state.unit)
  const place = cursor ?? placeOf(chosen, deepest(nets), depth)
  const columns = nets.flatMap((net) => {
    const units = net.history.last?.units ?? []
    const unit = place === undefined ? undefined : units[nearest(depth.places(units), place)]
    return unit ? [{ net, unit }] : []
  })
  if (columns.length === 0) {
    return <p className="readout-empty">{t('readout')}</p>
  }
  const units = columns.map(({ unit }) => unit)
  return (
    <table className="readout">
      <thead>
        <tr>
          <th scope="col">{nameOf(units)}</th>
          {columns.map(({ net }) => (
            <th key={net.id} scope="col">
              {nets.length > 1 ? <LaneHead net={net} /> : t('lastReading')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {present(UNIT_QUANTITIES, units).map((quantity) => (
          <tr key={quantity}>
            <th scope="row">{t(nets.length === 1 ? `row.${quantity}` : `quantity.${quantity}`)}</th>
            {columns.map(({ net, unit }) => (
              <td key={net.id}>{figure(quantityOf(unit, quantity))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function LaneHead({ net }: { net: MeteredNet }) {
  return (
    <span className="readout-lane">
      <LaneMark lane={net.lane} />
      {net.name}
    </span>
  )
}

/** Nets of other depths have other units at a place: then each says its own. */
function nameOf(units: readonly UnitReading[]): string {
  return [...new Set(units.map(({ name }) => name))].join(', ')
}

function placeOf(name: string | undefined, net: MeteredNet | undefined, depth: DepthAxis) {
  const units = net?.history.last?.units ?? []
  const index = units.findIndex((unit) => unit.name === name)
  return index < 0 ? undefined : depth.places(units)[index]
}
