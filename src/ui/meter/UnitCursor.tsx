import { type KeyboardEvent, memo, type PointerEvent } from 'react'
import { useTranslations } from 'use-intl'
import { laneColour } from '../../curves/lanes'
import { type DepthAxis, nearest } from '../../meter/depth'
import { figure } from '../../meter/format'
import { deepest, type MeteredNet } from '../../meter/net'
import type { ProfileLine } from '../../meter/profile'
import type { MeterView } from '../../store/meter-view'
import { LaneMark } from '../curves/LaneMark'
import { useMeterView } from './use-meter'

interface Props {
  name: string
  lines: readonly ProfileLine[]
  nets: readonly MeteredNet[]
  depth: DepthAxis
  view: MeterView
}

/**
 * The line that reads a chart at one unit, on all charts of the view at once, and the surface that
 * pointer and keys move it by; a click chooses the unit. It alone renders while it moves.
 */
export const UnitCursor = memo(function UnitCursor({ name, lines, nets, depth, view }: Props) {
  const t = useTranslations('meter')
  const named = ({ net, quantity, faint }: ProfileLine) => {
    if (nets.length === 1) return t(`quantity.${quantity}`)
    return faint ? `${net.name}, ${t(`quantity.${quantity}`)}` : net.name
  }
  const cursor = useMeterView(view, (state) => state.cursor)
  const units = deepest(nets)?.history.last?.units ?? []
  const places = depth.places(units)
  const index = cursor === undefined ? undefined : nearest(places, cursor)
  const unit = index === undefined ? undefined : units[index]
  const moveTo = (to: number) => {
    view.setCursor(places[Math.min(places.length - 1, Math.max(0, to))])
  }
  const onPointer = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    moveTo(nearest(places, (clientX - left) / width))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keyAction(event.key, index, places.length, moveTo, () => view.setUnit(unit?.name))
    if (!act) return
    event.preventDefault()
    act()
  }
  const values =
    cursor === undefined ? [] : lines.map((line) => ({ line, value: at(line, cursor) }))
  const spoken = values.map(({ line, value }) => `${named(line)}: ${figure(value)}`)
  return (
    // No input: one of type range cannot lie over a chart and read it.
    <div
      className="crosshair profile-surface"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-description={t('cursor')}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, places.length)}
      aria-valuenow={(index ?? 0) + 1}
      aria-valuetext={unit ? [unit.name, ...spoken].join('; ') : t('noUnit')}
      onKeyDown={onKeyDown}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => view.setCursor(undefined)}
      onBlur={() => view.setCursor(undefined)}
      onClick={() => view.setUnit(unit?.name)}
    >
      {unit && (
        <>
          <div className="crosshair-line" style={{ left: `${100 * places[index!]!}%` }} />
          <div className="readings" style={besides(places[index!]!)}>
            <div className="readings-place">{unit.name}</div>
            {values.map(({ line, value }) => (
              <div key={`${line.net.id} ${line.quantity}`} className="reading">
                <span style={{ color: laneColour(line.style) }}>
                  <LaneMark lane={line.style} />
                </span>
                <span className="reading-name">{named(line)}</span>
                <strong>{figure(value)}</strong>
                <span />
              </div>
            ))}
          </div>
        </>
      )}
    </div>
  )
})

/** The value of a line's own unit nearest to the cursor. */
function at({ points }: ProfileLine, cursor: number): number | undefined {
  const point =
    points[
      nearest(
        points.map(({ x }) => x),
        cursor,
      )
    ]
  return point && !Number.isNaN(point.y) ? point.y : undefined
}

function keyAction(
  key: string,
  index: number | undefined,
  count: number,
  moveTo: (index: number) => void,
  choose: () => void,
) {
  const actions: Record<string, () => void> = {
    ArrowLeft: () => moveTo((index ?? 1) - 1),
    ArrowRight: () => moveTo((index ?? -1) + 1),
    Home: () => moveTo(0),
    End: () => moveTo(count - 1),
    Enter: choose,
  }
  return actions[key]
}

function besides(share: number) {
  return share > 0.5
    ? { right: `calc(${100 * (1 - share)}% + 8px)` }
    : { left: `calc(${100 * share}% + 8px)` }
}
