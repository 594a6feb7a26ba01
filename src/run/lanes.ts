import { ORDER_NAMES, shortcutName } from '../models/choices'
import { modelName, sameNetworkAsV1, VERSIONS, versionOf, withVersion } from '../models/presets'
import type { ModelSpec } from '../models/spec'
import {
  type ComparisonConfig,
  comparisonOf,
  type Lane,
  MAX_LANES,
  type TrainOverrides,
} from './comparison'
import type { RunConfig } from './config'

/** What a lane is called by its net: "ResNet-20 v1, dropout, rate 0.5". */
export function laneName(model: ModelSpec): string {
  const { shortcut, order } = model
  const name = versionOf(model) ? modelName(model) : `${modelName(model)}, ${ORDER_NAMES[order]}`
  if (shortcut.kind === 'none') return name.replace('ResNet', 'plain')
  return shortcut.kind === 'identity' ? name : `${name}, ${shortcutName(shortcut)}`
}

/** What a net is first compared with: the other versions of it, and the plain net. */
export function rivalsOf(model: ModelSpec): Lane[] {
  const versions = VERSIONS.filter(
    (version) => !(version === 'v1.5' && model.block === 'basic'),
  ).map((version) => withVersion(model, version))
  const rivals = [...versions, { ...model, shortcut: { kind: 'none' } as const }]
  const own = laneName(sameNetworkAsV1(model) ? withVersion(model, 'v1') : model)
  return rivals
    .map((rival) => ({ name: laneName(rival), model: rival }))
    .filter(({ name }) => name !== own)
}

/** A comparison of a run's net with a rival, trained as the run is. */
export function withRival(run: RunConfig, rival: ModelSpec): ComparisonConfig {
  const lanes = [run.model, rival].map((model) => ({ name: laneName(model), model }))
  return { ...comparisonOf(run), lanes }
}

/** `name`, or where a lane has it, `name` with the first number from 2 on that makes it new. */
function freeName({ lanes }: ComparisonConfig, name: string): string {
  const taken = new Set(lanes.map((lane) => lane.name.toLowerCase()))
  const numbered = lanes.map((_, i) => `${name} (${i + 2})`)
  return [name, ...numbered].find((candidate) => !taken.has(candidate.toLowerCase()))!
}

export function isFull({ lanes }: ComparisonConfig): boolean {
  return lanes.length >= MAX_LANES
}

/** The comparison with one more lane before lane `at`; unchanged where it is full. */
export function withLane(
  comparison: ComparisonConfig,
  lane: Lane,
  at = comparison.lanes.length,
): ComparisonConfig {
  if (isFull(comparison)) return comparison
  const named = { ...lane, name: freeName(comparison, lane.name) }
  return { ...comparison, lanes: comparison.lanes.toSpliced(at, 0, named) }
}

/** The comparison with a copy of a lane behind it. */
export function withCopy(comparison: ComparisonConfig, lane: number): ComparisonConfig {
  const name = comparison.lanes[lane]!.name.replace(/ \(\d\)$/, '')
  return withLane(comparison, { ...comparison.lanes[lane]!, name }, lane + 1)
}

/** The comparison without a lane; unchanged where it is the last one. */
export function withoutLane(comparison: ComparisonConfig, lane: number): ComparisonConfig {
  const { lanes } = comparison
  return lanes.length === 1 ? comparison : except(comparison, lane)
}

/** The comparison with a lane at another place; unchanged where there is no such place. */
export function withLaneAt(
  comparison: ComparisonConfig,
  lane: number,
  place: number,
): ComparisonConfig {
  const { lanes } = comparison
  if (place < 0 || place >= lanes.length) return comparison
  return { ...comparison, lanes: lanes.toSpliced(lane, 1).toSpliced(place, 0, lanes[lane]!) }
}

function withLaneChanged(
  comparison: ComparisonConfig,
  lane: number,
  change: (lane: Lane) => Lane,
): ComparisonConfig {
  const { lanes } = comparison
  return { ...comparison, lanes: lanes.with(lane, change(lanes[lane]!)) }
}

/** The comparison with a lane's name trimmed, and numbered where another lane has it. */
export function withLaneName(comparison: ComparisonConfig, lane: number, name: string) {
  const free = freeName(except(comparison, lane), name.trim())
  return withLaneChanged(comparison, lane, (before) => ({ ...before, name: free }))
}

function except(comparison: ComparisonConfig, lane: number): ComparisonConfig {
  return { ...comparison, lanes: comparison.lanes.toSpliced(lane, 1) }
}

/** The comparison with another net in a lane; a name that was the old net's becomes the new one's. */
export function withLaneModel(comparison: ComparisonConfig, lane: number, model: ModelSpec) {
  return withLaneChanged(comparison, lane, (before) => {
    const automatic = before.name.replace(/ \(\d\)$/, '') === laneName(before.model)
    const name = automatic ? freeName(except(comparison, lane), laneName(model)) : before.name
    return { ...before, name, model }
  })
}

/** The comparison with what one lane trains with on its own; nothing, for the shared settings. */
export function withOverrides(
  comparison: ComparisonConfig,
  lane: number,
  overrides: TrainOverrides,
): ComparisonConfig {
  return withLaneChanged(comparison, lane, ({ name, model }) =>
    Object.keys(overrides).length > 0 ? { name, model, train: overrides } : { name, model },
  )
}
