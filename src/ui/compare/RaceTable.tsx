import { ScrollArea, Table } from '@mantine/core'
import { useMemo } from 'react'
import type { MetricsHistory } from '../../curves/history'
import { count } from '../../models/counts'
import { plan } from '../../models/plan'
import { depthOf } from '../../models/presets'
import { REPORTED_RECIPE, reported } from '../../models/reported'
import type { ComparisonConfig } from '../../run/comparison'
import { bestAccuracies, lastAccuracies, type OverSeeds, overSeeds } from '../../store/outcomes'
import type { LanePlan, LaneSpeed, RaceState } from '../../store/race'
import { LaneMark } from '../curves/LaneMark'
import { useFigures } from '../curves/use-curves'
import { bytes, compact, integer, milliseconds, percent } from '../format'
import { useRaceState } from './race-context'
import { useRaceSeries } from './race-series'
import { StrideCost } from './StrideCost'

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
  useFigures(useRaceSeries())
  const costs = useMemo(() => costRows(comparison), [comparison])
  const rows = [
    ...costs,
    ...speedRows(comparison, plans, speeds),
    ...resultRows(histories.slice(0, comparison.lanes.length)),
    weightsRow(weights.slice(0, comparison.lanes.length)),
    paperRow(comparison),
  ]
  return (
    <section className="panel" aria-label="Cost and result">
      <h2>Cost and result</h2>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Cost and result' }}>
        <Table className="race-table" aria-label="Lanes">
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
      <p className="race-note">
        Per cents are against the first lane. {REPORTED_RECIPE} A short run of a small net does not
        repeat them.
      </p>
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

function costRows({ lanes }: ComparisonConfig): Row[] {
  const counts = lanes.map(({ model }) => count(plan(model)))
  const row = (label: string, key: 'parameters' | 'multiplyAdds', format = integer): Row => ({
    label,
    cells: measured(
      counts.map((counted) => counted[key]),
      format,
    ),
    fixed: true,
  })
  return [row('Parameters', 'parameters'), row('Multiply-adds an image', 'multiplyAdds', compact)]
}

function speedRows(
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
    { label: 'GPU memory', cells: measured(memory, bytes) },
    {
      label: 'Time a step, measured',
      cells: measured(
        of(({ stepMs }) => stepMs),
        (value) => `${milliseconds(value)} ms`,
      ),
    },
    {
      label: 'Images a second, measured',
      cells: measured(
        of(({ imagesPerSecond }) => imagesPerSecond),
        integer,
      ),
    },
  ]
}

function resultRows(histories: readonly (readonly MetricsHistory[])[]): Row[] {
  const row = (
    label: string,
    read: (seeds: readonly MetricsHistory[]) => readonly (number | undefined)[],
    format: (value: number) => string,
    note: (seeds: readonly MetricsHistory[]) => string | undefined = () => undefined,
  ): Row => ({
    label,
    cells: histories.map((seeds) => seedsCell(overSeeds(read(seeds)), format, note(seeds))),
  })
  return [
    row('Loss of the last batch', lastLosses, (value) => value.toPrecision(6)),
    row('Best accuracy', bestAccuracies, percent),
    row('Last accuracy', lastAccuracies, percent, imagesOf),
  ]
}

function lastLosses(seeds: readonly MetricsHistory[]): (number | undefined)[] {
  return seeds.map(({ loss }) => loss.at(-1))
}

function imagesOf(seeds: readonly MetricsHistory[]): string | undefined {
  const last = seeds.flatMap(({ evaluations }) => evaluations.at(-1) ?? [])[0]
  return last && `on ${integer(last.images)} images`
}

function seedsCell(
  figure: OverSeeds | undefined,
  format: (value: number) => string,
  note: string | undefined,
): Cell {
  if (!figure) return { text: '–' }
  const { median, low, high, seeds } = figure
  const range = seeds > 1 ? `${format(low)} to ${format(high)}, ${seeds} seeds` : undefined
  const notes = [range, note].filter((part) => part !== undefined).join(', ')
  return { text: format(median), ...(notes ? { note: notes } : {}) }
}

/** What tells that two races gave the same nets: the hash of the tensors of the latest seed. */
function weightsRow(weights: RaceState['weights']): Row {
  return {
    label: 'SHA-256 of the weights',
    cells: weights.map((seeds) => {
      const seed = seeds.findLastIndex(Boolean)
      const latest = seeds[seed]
      if (!latest) return { text: '–' }
      const { sha256, step } = latest
      const note = `seed ${seed + 1}, step ${integer(step)}`
      return { text: `${sha256.slice(0, 8)}…`, title: sha256, note }
    }),
  }
}

function paperRow({ lanes }: ComparisonConfig): Row {
  return {
    label: 'Test error in the paper',
    cells: lanes.map(({ model }) => {
      const figure = reported(model, depthOf(model))
      return figure
        ? { text: figure.error, note: `${figure.net}, ${figure.source}` }
        : { text: '–' }
    }),
  }
}
