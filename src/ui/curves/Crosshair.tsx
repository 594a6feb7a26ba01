import { memo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { type Curve, readAt } from '../../curves/drawing'
import { figure } from '../../curves/format'
import type { Quantity } from '../../curves/history'
import { laneColour } from '../../curves/lanes'
import type { XAxis } from '../../curves/positions'
import { scaleOf } from '../../curves/scale'
import type { Window } from '../../curves/thin'
import type { CurveView } from '../../store/curve-view'
import { LaneMark } from './LaneMark'
import { useCurveWords } from './use-curve-words'
import { useView } from './use-curves'
import { useGestures } from './use-gestures'

interface Props {
  quantity: Quantity
  axis: XAxis
  curves: readonly Curve[]
  window: Window
  whole: Window
  view: CurveView
  relative: boolean
  /** Pointer or focus come to the surface, or leave it. */
  onPointedAt(here: boolean): void
}

/**
 * The line that reads all curves at one place, on all charts of the view at once, and the surface
 * that pointer and keys zoom by. It alone renders while it moves.
 */
export const Crosshair = memo(function Crosshair(props: Props) {
  const { quantity, axis, curves, window, whole, view, relative, onPointedAt } = props
  const t = useTranslations('curves')
  const words = useCurveWords()
  const surface = useRef<HTMLDivElement>(null)
  const { selection, handlers } = useGestures(surface, view, window, whole)
  const place = useView(view, ({ crosshair }) => crosshair)
  const scale = scaleOf(window, 0, 1)
  const share = place === undefined ? undefined : scale.pixel(place)
  const seen = share !== undefined && share >= 0 && share <= 1
  const values = place === undefined ? [] : readings(curves, place)
  const told = (value: number | undefined) =>
    value === undefined ? t('crosshair.none') : figure(quantity, value, relative)
  const spoken = values.map(({ curve: { series }, training, validation }) =>
    t('crosshair.reading', {
      name: series.name,
      training: told(training),
      validation: told(validation),
    }),
  )
  return (
    // No input: one of type range cannot lie over a chart and read it.
    <div
      ref={surface}
      className="crosshair"
      role="slider"
      tabIndex={0}
      aria-label={t('crosshair.label', { quantity: words.quantity(quantity) })}
      aria-description={t('crosshair.keys', { over: words.over(axis) })}
      aria-valuemin={window.from}
      aria-valuemax={window.to}
      aria-valuenow={place ?? window.from}
      aria-valuetext={
        place === undefined
          ? t('crosshair.nowhere')
          : [words.place(axis, place), ...spoken].join('; ')
      }
      {...handlers}
      onPointerEnter={() => onPointedAt(true)}
      onPointerLeave={() => {
        handlers.onPointerLeave()
        onPointedAt(false)
      }}
      onFocus={() => onPointedAt(true)}
      onBlur={() => onPointedAt(false)}
    >
      {selection && (
        <div
          className="selection"
          style={{
            left: `${100 * selection.from}%`,
            width: `${100 * (selection.to - selection.from)}%`,
          }}
        />
      )}
      {seen && (
        <>
          <div className="crosshair-line" style={{ left: `${100 * share}%` }} />
          <div
            className="readings"
            data-side={share > 0.5 ? 'left' : 'right'}
            style={offset(share)}
          >
            <div className="readings-place">{words.place(axis, place!)}</div>
            {values.map(({ curve: { series }, training, validation }) => (
              <div key={series.id} className="reading" style={{ color: laneColour(series.lane) }}>
                <LaneMark lane={series.lane} />
                <span className="reading-name">{series.name}</span>
                <strong>{told(training)}</strong>
                <span>{validation !== undefined && told(validation)}</span>
              </div>
            ))}
          </div>
        </>
      )}
    </div>
  )
})

function readings(curves: readonly Curve[], place: number) {
  return curves.map((curve) => ({
    curve,
    training: readAt(curve.tracks.training, place),
    validation: readAt(curve.tracks.validation, place),
  }))
}

function offset(share: number) {
  return share > 0.5
    ? { right: `calc(${100 * (1 - share)}% + 10px)` }
    : { left: `calc(${100 * share}% + 10px)` }
}
