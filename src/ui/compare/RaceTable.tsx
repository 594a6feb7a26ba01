import { ScrollArea, Table } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { MetricsHistory } from '../../curves/history'
import { count } from '../../models/counts'
import { plan } from '../../models/plan'
import { depthOf } from '../../models/presets'
import { reported } from '../../models/reported'
import type { ComparisonConfig } from '../../run/comparison'
import { bestAccuracies, lastAccuracies, type OverSeeds, overSeeds } from '../../store/outcomes'
import type { LanePlan, LaneSpeed, RaceState } from '../../store/race'
import { LaneMark } from '../curves/LaneMark'
import { useFigures } from '../curves/use-figures'
import { bytes, compact, integer, milliseconds, percent } from '../format'
import { useFormats } from '../use-formats'
import { useRaceState } from './race-context'
import { useRaceSeries } from './race-series'
import { StrideCost } from './StrideCost'

type Translate = ReturnType<typeof useTranslations<'compare.table'>>

interface Cell {
  text: string
  /** Beside it, smaller. */
  note?: string
  /** All of it, where the text is cut. */
  title?: string
}

interface Row {
  label: string
  cells: readonly Cell[]
  /** Figures that are the same whenever these nets are compared; those that differ stand out. */
  fixed?: boolean
}

/** What each lane costs and what came of it, a column a lane. */
export function RaceTable() {
  const comparison = useRaceState((state) => state.active?.comparison ?? state.draft)
  const plans = useRaceState((state) => state.plans)
  const speeds = useRaceState((state) => state.speeds)
  const histories = useRaceState((state) => state.histories)
  const weights = useRaceState((state) => state.weights)
  const states = useRaceState((state) => state.lanes)
  useFigures(useRaceSeries())
  const t = useTranslations('compare.table')
  const { paperError } = useFormats()
  const costs = useMemo(() => costRows(t, comparison), [t, comparison])
  const rows = [
    ...costs,
    ...speedRows(t, comparison, plans, speeds),
    ...resultRows(t, histories.slice(0, comparison.lanes.length)),
    weightsRow(t, weights.slice(0, comparison.lanes.length), states),
    paperRow(t, comparison, paperError),
  ]
  return (
    <section className="panel" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': t('title') }}>
        <Table className="race-table" aria-label={t('lanes')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              {comparison.lanes.map(({ name }, lane) => (
                <Table.Th key={name} scope="col">
                  <LaneMark lane={lane} />
                  <span>{name}</span>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <TableRow key={row.label} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      <p className="race-note">{t('note')}</p>
      <StrideCost comparison={comparison} speeds={speeds} />
    </section>
  )
}

function TableRow({ row: { label, cells, fixed } }: { row: Row }) {
  return (
    <Table.Tr>
      <Table.Th scope="row">{label}</Table.Th>
      {cells.map(({ text, note, title }, lane) => (
        <Table.Td key={lane} title={title} data-differs={fixed && text !== cells[0]!.text}>
          {text}
          {note && <small>{note}</small>}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}

/** Values of all lanes, each but the first with how much more it is than the first. */
function measured(
  values: readonly (number | undefined)[],
  format: (value: number) => string,
): Cell[] {
  const [first] = values
  return values.map((value, lane) => {
    if (value === undefined) return { text: '–' }
    const text = format(value)
    return first === undefined || lane === 0 || value === first
      ? { text }
      : { text, note: more(value / first - 1) }
  })
}

/** "+18.3 %" of 0.183. */
function more(share: number): string {
  return `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`
}

function costRows(t: Translate, { lanes }: ComparisonConfig): Row[] {
  const counts = lanes.map(({ model }) => count(plan(model)))
  const row = (label: string, key: 'parameters' | 'multiplyAdds', format = integer): Row => ({
    label,
    cells: measured(
      counts.map((counted) => counted[key]),
      format,
    ),
    fixed: true,
  })
  return [row(t('parameters'), 'parameters'), row(t('multiplyAdds'), 'multiplyAdds', compact)]
}

function speedRows(
  t: Translate,
  { lanes }: ComparisonConfig,
  plans: readonly LanePlan[],
  speeds: readonly (LaneSpeed | undefined)[],
): Row[] {
  const planned = (lane: number) => {
    const cost = plans[lane]
    return cost && 'gpuBytes' in cost ? cost.gpuBytes : undefined
  }
  const of = (read: (speed: LaneSpeed) => number) =>
    lanes.map((_, lane) => {
      const speed = speeds[lane]
      return speed && read(speed)
    })
  const memory = of(({ gpuBytes }) => gpuBytes).map((value, lane) => value ?? planned(lane))
  return [
    { label: t('memory'), cells: measured(memory, bytes) },
    {
      label: t('stepTime'),
      cells: measured(
        of(({ stepMs }) => stepMs),
        (value) => `${milliseconds(value)} ms`,
      ),
    },
    {
      label: t('pace'),
      cells: measured(
        of(({ imagesPerSecond }) => imagesPerSecond),
        integer,
      ),
    },
  ]
}

function resultRows(t: Translate, histories: readonly (readonly MetricsHistory[])[]): Row[] {
  const imagesOf = (seeds: readonly MetricsHistory[]) => {
    const last = seeds.flatMap(({ evaluations }) => evaluations.at(-1) ?? [])[0]
    return last && t('images', { count: integer(last.images) })
  }
  const row = (
    label: string,
    read: (seeds: readonly MetricsHistory[]) => readonly (number | undefined)[],
    format: (value: number) => string,
    note: (seeds: readonly MetricsHistory[]) => string | undefined = () => undefined,
  ): Row => ({
    label,
    cells: histories.map((seeds) => seedsCell(t, overSeeds(read(seeds)), format, note(seeds))),
  })
  return [
    row(t('lastLoss'), lastLosses, (value) => value.toPrecision(6)),
    row(t('best'), bestAccuracies, percent),
    row(t('last'), lastAccuracies, percent, imagesOf),
  ]
}

function lastLosses(seeds: readonly MetricsHistory[]): (number | undefined)[] {
  return seeds.map(({ loss }) => loss.at(-1))
}

function seedsCell(
  t: Translate,
  figure: OverSeeds | undefined,
  format: (value: number) => string,
  note: string | undefined,
): Cell {
  if (!figure) return { text: '–' }
  const { median, low, high, seeds } = figure
  const text = format(median)
  if (seeds === 1) return note ? { text, note } : { text }
  const range = t('range', { low: format(low), high: format(high), seeds: String(seeds) })
  return { text, note: note ? t('rangeAndNote', { range, note }) : range }
}

/** What tells that two races gave the same nets: the hash of the tensors of the latest seed. */
function weightsRow(t: Translate, weights: RaceState['weights'], states: RaceState['lanes']): Row {
  return {
    label: t('weights'),
    cells: weights.map((seeds, lane) => {
      const seed = seeds.findLastIndex(Boolean)
      const latest = seeds[seed]
      if (!latest) {
        const diverged = states[lane]?.some(({ state }) => state === 'diverged')
        return { text: '–', ...(diverged ? { note: t('noWeights') } : {}) }
      }
      const { sha256, step } = latest
      const note = t('weightsOf', { seed: String(seed + 1), step: integer(step) })
      return { text: `${sha256.slice(0, 8)}…`, title: sha256, note }
    }),
  }
}

function paperRow(
  t: Translate,
  { lanes }: ComparisonConfig,
  paperError: (error: string) => string,
): Row {
  return {
    label: t('paper'),
    cells: lanes.map(({ model }) => {
      const figure = reported(model, depthOf(model))
      return figure
        ? {
            text: paperError(figure.error),
            note: t('paperNote', { net: figure.net, source: figure.source }),
          }
        : { text: '–' }
    }),
  }
}
