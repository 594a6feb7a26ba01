import { NativeSelect } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { gradientOf } from '../../meter/colours'
import { depthAxis, nearest } from '../../meter/depth'
import { figure } from '../../meter/format'
import type { MeteredNet } from '../../meter/net'
import { present, UNIT_QUANTITIES, type UnitQuantity } from '../../meter/quantities'
import { pixelsOf, type Strip, stripOf } from '../../meter/strip'
import type { MeterView } from '../../store/meter-view'
import { integer } from '../format'
import { useMeterView } from './use-meter'

interface Props {
  nets: readonly MeteredNet[]
  /** Rises with the nets' readings. */
  version: number
  view: MeterView
}

/** A quantity of every unit (down) over all readings (across), in colours. */
export function HeatStrip({ nets, version, view }: Props) {
  const t = useTranslations('meter')
  const read = nets.filter(({ history }) => history.last)
  const [id, setId] = useState<string>()
  const net = read.find((one) => one.id === id) ?? read[0]!
  const wanted = useMeterView(view, (state) => state.strip)
  const offered = present(UNIT_QUANTITIES, net.history.last!.units)
  const quantity = offered.includes(wanted) ? wanted : offered[0]!
  const readings = useMemo(() => net.history.readings, [net, version])
  const strip = useMemo(() => stripOf(readings, quantity), [readings, quantity])
  const { units } = net.history.last!
  return (
    <figure className="heat" aria-label={t('strip.label', { quantity: t(`row.${quantity}`) })}>
      <figcaption>
        <span className="profile-name">{t('strip.title')}</span>
        <NativeSelect
          size="xs"
          aria-label={t('strip.quantity')}
          data={offered.map((value) => ({ value, label: t(`row.${value}`) }))}
          value={quantity}
          onChange={({ currentTarget }) => view.setStrip(currentTarget.value as UnitQuantity)}
        />
        {read.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('strip.lane')}
            data={read.map(({ id, name }) => ({ value: id, label: name }))}
            value={net.id}
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
        )}
        <ColourKey strip={strip} />
      </figcaption>
      <div className="heat-body">
        <Stages units={units} />
        <div className="heat-plot">
          <Pixels strip={strip} />
          <Boundaries units={units} />
          <Cell net={net} strip={strip} steps={readings.map(({ step }) => step)} view={view} />
        </div>
      </div>
      <div className="heat-steps" aria-hidden>
        <span>{t('strip.step', { step: integer(readings[0]!.step + 1) })}</span>
        <span>{t('strip.step', { step: integer(readings.at(-1)!.step + 1) })}</span>
      </div>
    </figure>
  )
}

function ColourKey({ strip: { kind, from, to } }: { strip: Strip }) {
  const t = useTranslations('meter.strip')
  return (
    <span className="heat-key">
      {figure(from)}
      <span className="heat-gradient" style={{ background: gradientOf(kind) }} />
      {figure(to)}
      {kind === 'log' && <span>{t('log')}</span>}
    </span>
  )
}

function Pixels({ strip }: { strip: Strip }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { columns, rows } = strip
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!
    context.putImageData(new ImageData(pixelsOf(strip), columns, rows), 0, 0)
  }, [strip, columns, rows])
  return <canvas ref={canvas} width={columns} height={rows} aria-hidden />
}

type Units = readonly { name: string; stage: number }[]

function Stages({ units }: { units: Units }) {
  const t = useTranslations('meter')
  return (
    <div className="heat-stages" aria-hidden>
      {depthAxis([units]).stages.map(({ from, to }, stage) => (
        <span key={from} style={{ flex: to - from }}>
          {t('stage', { stage: String(stage + 1) })}
        </span>
      ))}
    </div>
  )
}

function Boundaries({ units }: { units: Units }) {
  return depthAxis([units])
    .stages.slice(1)
    .map(({ from }) => <i key={from} className="heat-boundary" style={{ top: `${100 * from}%` }} />)
}

interface CellProps {
  net: MeteredNet
  strip: Strip
  steps: readonly number[]
  view: MeterView
}

/** One unit at one reading: pointer and keys move it, and it is read out. */
function Cell({ net, strip, steps, view }: CellProps) {
  const { columns, rows, values } = strip
  const t = useTranslations('meter.strip')
  const [column, setColumn] = useState<number>()
  const cursor = useMeterView(view, (state) => state.cursor)
  const { units } = net.history.last!
  const places = depthAxis([units]).places(units)
  const row = cursor === undefined ? undefined : nearest(places, cursor)
  const seen = Math.min(column ?? columns - 1, columns - 1)
  const moveTo = (toRow: number, toColumn: number) => {
    view.setCursor(places[Math.min(rows - 1, Math.max(0, toRow))])
    setColumn(Math.min(columns - 1, Math.max(0, toColumn)))
  }
  const onPointer = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    moveTo(
      Math.floor((rows * (clientY - top)) / height),
      Math.floor((columns * (clientX - left)) / width),
    )
  }
  const choose = () => view.setUnit(row === undefined ? undefined : units[row]!.name)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') choose()
    const [down, right] = MOVES[event.key] ?? [0, 0]
    if (down === 0 && right === 0) return
    event.preventDefault()
    moveTo(row === undefined ? 0 : row + down, seen + right)
  }
  const told =
    row === undefined
      ? undefined
      : `${units[row]!.name}, ${t('step', { step: integer(steps[seen]! + 1) })}: ${figure(values[row * columns + seen])}`
  return (
    <div
      className="heat-surface"
      role="slider"
      tabIndex={0}
      aria-label={t('cell')}
      aria-description={t('keys')}
      aria-valuemin={1}
      aria-valuemax={columns}
      aria-valuenow={seen + 1}
      aria-valuetext={told ?? t('none')}
      onKeyDown={onKeyDown}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => view.setCursor(undefined)}
      onBlur={() => view.setCursor(undefined)}
      onClick={choose}
    >
      {told && (
        <>
          <i
            className="heat-cell"
            style={{
              left: `${(100 * seen) / columns}%`,
              top: `${(100 * row!) / rows}%`,
              width: `${100 / columns}%`,
              height: `${100 / rows}%`,
            }}
          />
          <div className="readings" style={besides(seen / columns, row! / rows)}>
            {told}
          </div>
        </>
      )}
    </div>
  )
}

const MOVES: Record<string, [down: number, right: number]> = {
  ...{ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] },
  ...{ PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -1e9], End: [0, 1e9] },
}

function besides(x: number, y: number) {
  const left =
    x > 0.5 ? { right: `calc(${100 * (1 - x)}% + 8px)` } : { left: `calc(${100 * x}% + 12px)` }
  return y > 0.5
    ? { ...left, top: 'auto', bottom: `calc(${100 * (1 - y)}% + 4px)` }
    : { ...left, top: `calc(${100 * y}% + 12px)` }
}
