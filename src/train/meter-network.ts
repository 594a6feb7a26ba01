import { backward } from '../autograd/backward'
import { Graph } from '../autograd/graph'
import { type MemoryPlan, planMemory } from '../autograd/memory'
import type { Launch } from '../gpu/launch'
import { type Anatomy, anatomyOf } from '../models/anatomy'
import { type NetworkPlan, plan, type UnitPlan } from '../models/plan'
import { applyLayer, lossOf } from '../nn/forward'
import { Parameters } from '../nn/parameters'
import type { RunConfig } from '../run/config'
import { branch } from '../shaders'
import { addLaunch } from '../shaders/add/op'
import type { Variable } from '../shaders/op'
import { weightedAddLaunch } from '../shaders/weighted-add/op'
import { SlotBook, type StageSlots, type UnitSlots } from './meter-slots'
import { type Feeds, feedsFor, imagesOf } from './network'

/** What a reading computes, laid out in memory; nothing on the GPU yet. */
export interface MeterNetwork {
  run: RunConfig
  parameters: Parameters
  feeds: Omit<Feeds, 'ring'>
  launches: readonly Launch<Variable>[]
  memory: MemoryPlan
  /** What the slots lie in. */
  moments: Variable
  stages: readonly StageSlots[]
}

/** The network in a graph, with a branch of its own for each path from a unit's fork. */
interface Branched {
  graph: Graph
  loss: Variable
  /** What a plan's node gives. */
  at(id: string): Variable
  anatomy(unit: UnitPlan): Anatomy
  branches: ReadonlyMap<string, Branches>
}

/** The branch to the shortcut, if there is one, and the one to F and the gate. */
interface Branches {
  direct?: Variable
  throughWeights?: Variable
}

/**
 * The launches of a reading: forward with one op a layer, and backward to the first unit's x, by
 * data gradients alone. From each stage's end a second backward pass goes by the shortcuts. Feature
 * maps are in f32 even where the run stores them in f16. Pure, like `trainableNetwork`.
 */
export function meterNetwork(run: RunConfig): MeterNetwork {
  const network = plan(run.model)
  const parameters = new Parameters(network)
  const { ring: _, ...feeds } = feedsFor(run.train.batchSize)
  const net = branched(network, parameters, feeds)
  const book = new SlotBook()
  const stages = run.model.units.map((_, stage) =>
    network.units.filter((unit) => unit.stage === stage),
  )
  const sums = stages.map((units) => stageSum(net, units))
  const slots = stages.map((units, stage): StageSlots => {
    const { difference } = sums[stage]!
    return {
      units: units.map((unit) => unitSlots(net, book, unit)),
      end: book.slot('gradient', net.at(units.at(-1)!.output)),
      difference: difference && book.slot('value', difference),
    }
  })
  const moments = book.moments()
  const launches = [
    ...forwardLaunches(net, book, moments, sums),
    ...backwardLaunches(net, book, moments, feeds.lossGradient, stages),
  ]
  const { weights, estimates } = parameters
  for (const arena of [weights, estimates]) arena.slabs()
  const places = new Map([...weights.places, ...estimates.places])
  const kept = new Set([...Object.values(feeds), ...weights.slabs(), moments])
  const memory = planMemory(launches, places, kept)
  return { run, parameters, feeds, launches, memory, moments, stages: slots }
}

function branched(
  network: NetworkPlan,
  parameters: Parameters,
  feeds: Omit<Feeds, 'ring'>,
): Branched {
  const graph = new Graph(feeds.settings)
  const outputs = new Map([['input', imagesOf(graph, feeds)]])
  const at = (id: string) => outputs.get(id)!
  const anatomies = new Map(network.units.map((unit) => [unit.name, anatomyOf(network, unit)]))
  const branches = new Map<string, Branches>(network.units.map(({ name }) => [name, {}]))
  for (const node of network.nodes) {
    if (node.layer.op === 'input') continue
    const direct = node.path === 'shortcut' || node.path === 'join'
    const forks = direct || node.path === 'residual' || node.path === 'gate'
    const side = direct ? 'direct' : 'throughWeights'
    const inputs = node.inputs.map((id) => {
      if (!forks || id !== anatomies.get(node.unit!)!.fork) return at(id)
      const own = branches.get(node.unit!)!
      own[side] ??= graph.apply(branch, { x: at(id) }, {}, `${node.unit}: ${side}`).y
      return own[side]
    })
    outputs.set(node.id, applyLayer(graph, node, parameters, 'training', inputs))
  }
  const loss = lossOf(graph, at(network.output), feeds.labels).y
  return { graph, loss, at, anatomy: ({ name }) => anatomies.get(name)!, branches }
}

function unitSlots(net: Branched, book: SlotBook, unit: UnitPlan): UnitSlots {
  const { fork, h, f, y, gate, mask } = net.anatomy(unit)
  const { direct, throughWeights } = net.branches.get(unit.name)!
  const value = (id: string) => book.slot('value', net.at(id))
  const gradient = (id: string) => book.slot('gradient', net.at(id))
  return {
    unit,
    shared: fork !== unit.input,
    x: value(unit.input),
    h: h === undefined ? undefined : value(h),
    f: value(f),
    y: value(y),
    output: value(unit.output),
    gate: gate === undefined ? undefined : value(gate),
    gradient: {
      x: gradient(unit.input),
      direct: direct && book.slot('gradient', direct),
      throughWeights: book.slot('gradient', throughWeights!),
      parts: direct && book.slot('parts', net.at(fork)),
    },
    mask: mask && { before: gradient(mask.output), behind: gradient(mask.input) },
    path: direct && book.slot('path', net.at(unit.input)),
  }
}

/** What is to be launched behind each variable's maker for equation 4 in a stage, and its result. */
interface StageSum {
  behind: ReadonlyMap<Variable, Launch<Variable>[]>
  difference?: Variable
}

/** x_L − (x_l + ΣF), where the F are summed before x_l is added: in another order than by the net. */
function stageSum({ at, anatomy }: Branched, units: readonly UnitPlan[]): StageSum {
  const [first, ...others] = units as [UnitPlan, ...UnitPlan[]]
  const { fork, h } = anatomy(first)
  const start = first.changesShape ? h : fork
  const summed = start === undefined ? others : units
  if (summed.length === 0) return { behind: new Map() }
  const end = at(units.at(-1)!.output)
  const make = (label: string): Variable => ({ label, type: end.type })
  const behind = new Map<Variable, Launch<Variable>[]>()
  const add = (after: Variable, launch: Launch<Variable>) => {
    behind.set(after, [...(behind.get(after) ?? []), launch])
  }
  const [f, ...rest] = summed.map((unit) => at(anatomy(unit).f)) as [Variable, ...Variable[]]
  const total = rest.reduce((before, next) => {
    const sum = make(`ΣF as far as ${next.label}`)
    add(next, addLaunch(before, next, sum))
    return sum
  }, f)
  const [sum, difference] = [make('x + ΣF'), make('x − (x + ΣF)')]
  add(end, addLaunch(at(start ?? first.output), total, sum))
  add(end, weightedAddLaunch(end, sum, difference, [1, -1]))
  return { behind, difference }
}

function forwardLaunches(
  { graph }: Branched,
  book: SlotBook,
  moments: Variable,
  sums: readonly StageSum[],
): Launch<Variable>[] {
  const summed = graph.forward().flatMap((launch) => {
    const behind = launch.writes.flatMap((made) =>
      sums.flatMap((sum) => sum.behind.get(made) ?? []),
    )
    return [launch, ...behind]
  })
  return summed.flatMap((launch) => [
    launch,
    ...launch.writes.flatMap((made) => book.launches('value', made, moments)),
  ])
}

function backwardLaunches(
  { graph, loss, at, anatomy, branches }: Branched,
  book: SlotBook,
  moments: Variable,
  lossGradient: Variable,
  stages: readonly (readonly UnitPlan[])[],
): Launch<Variable>[] {
  const leaf = (x: Variable) => new Map([[x, { label: `∂E/∂${x.label}`, type: x.type }]])
  const throughWeights = [...branches.values()].map((own) => own.throughWeights!)
  const stops = new Set(throughWeights)
  /** From a stage's end to its first x by the shortcuts. */
  const directPath = (units: readonly UnitPlan[], end: Variable, gradient: Variable) =>
    backward(graph, end, gradient, leaf(at(units[0]!.input)), {
      stops,
      watch: (variable, dy) => book.launches('path', variable, moments, dy),
    }).launches
  const ends = new Map(stages.map((units) => [at(units.at(-1)!.output), units]))
  const forks = new Map(
    stages.flat().map((unit) => [at(anatomy(unit).fork), branches.get(unit.name)!]),
  )
  const gradients = new Map<Variable, Variable>()
  return backward(graph, loss, lossGradient, leaf(at(stages[0]![0]!.input)), {
    watch: (variable, dy) => {
      gradients.set(variable, dy)
      const units = ends.get(variable)
      const { direct, throughWeights } = forks.get(variable) ?? {}
      const part = (branch?: Variable) => branch && gradients.get(branch)
      return [
        ...book.launches('gradient', variable, moments, dy),
        ...book.launches('parts', variable, moments, part(direct), part(throughWeights)),
        ...(units ? directPath(units, variable, dy) : []),
      ]
    },
  }).launches
}
