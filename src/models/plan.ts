import { type ModelSpec, outputChannels, stemWidth, usesProjection } from './spec'

/** A feature map's size, without the batch. */
export interface MapShape {
  height: number
  width: number
  channels: number
}

/** What a node of the network computes; parameters are named `${name}.weight` and so on. */
export type Layer =
  | { op: 'input' }
  | { op: 'conv'; name: string; kernel: number; stride: number; padding: number }
  | { op: 'batchNorm'; name: string }
  | { op: 'relu' }
  | { op: 'maxPool'; kernel: number; stride: number; padding: number }
  | { op: 'zeroPadShortcut'; stride: number }
  /** σ(x + bias): the opening of a gate, with its bias's first value. */
  | { op: 'sigmoid'; name: string; bias: number }
  | { op: 'dropout'; name: string; rate: number }
  | { op: 'add' }
  | { op: 'weightedAdd'; shortcut: number; residual: number }
  | { op: 'exclusiveGate' }
  | { op: 'shortcutGate' }
  | { op: 'globalAveragePool' }
  | { op: 'dense'; name: string }

/** Which part of the net a node belongs to; in a unit, which of its paths. */
export type Path = 'stem' | 'shared' | 'residual' | 'shortcut' | 'gate' | 'join' | 'after' | 'head'

export interface PlanNode {
  id: string
  layer: Layer
  /** Ids of the nodes it reads. A join reads [h, F], a gated join [h, F, g]. */
  inputs: readonly string[]
  output: MapShape
  path: Path
  /** `layer1.0` for a node of that residual unit. */
  unit?: string
}

export interface UnitPlan {
  name: string
  stage: number
  stride: number
  /** Id of the node whose output is the unit's x. */
  input: string
  /** Id of the node whose output is the unit's result, x' = f(y). */
  output: string
  changesShape: boolean
}

export interface NetworkPlan {
  spec: ModelSpec
  /** In topological order: a node stands after all that it reads. */
  nodes: readonly PlanNode[]
  units: readonly UnitPlan[]
  /** Id of the node that makes the logits. */
  output: string
}

type Position = Pick<PlanNode, 'path'> & { unit?: string }

class PlanBuilder {
  readonly nodes: PlanNode[] = []
  private readonly shapes = new Map<string, MapShape>()

  shape(id: string): MapShape {
    return this.shapes.get(id)!
  }

  /** Adds a node and returns its id. */
  add(id: string, layer: Layer, inputs: string[], output: MapShape, at: Position): string {
    this.nodes.push({ id, layer, inputs, output, ...at })
    this.shapes.set(id, output)
    return id
  }

  conv(
    name: string,
    x: string,
    channels: number,
    { kernel, stride = 1 }: { kernel: number; stride?: number },
    at: Position,
  ): string {
    const padding = Math.floor(kernel / 2)
    const output = { ...windowed(this.shape(x), kernel, stride, padding), channels }
    return this.add(name, { op: 'conv', name, kernel, stride, padding }, [x], output, at)
  }

  batchNorm(name: string, x: string, at: Position): string {
    return this.add(name, { op: 'batchNorm', name }, [x], this.shape(x), at)
  }

  relu(id: string, x: string, at: Position): string {
    return this.add(id, { op: 'relu' }, [x], this.shape(x), at)
  }
}

/** Height and width after a window of `kernel` at `stride` over a map padded on all sides. */
function windowed(x: MapShape, kernel: number, stride: number, padding: number) {
  const along = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1
  return { height: along(x.height), width: along(x.width) }
}

const CIFAR_INPUT: MapShape = { height: 32, width: 32, channels: 3 }

/**
 * The network that a specification means, layer by layer, for images of the given size
 * (`spec/models.md`; He et al. 2015, Table 1 and section 4.2; He et al. 2016, figures 2 and 4).
 */
export function plan(spec: ModelSpec, input: MapShape = CIFAR_INPUT): NetworkPlan {
  const net = new PlanBuilder()
  let x = stem(net, spec, input)
  const units: UnitPlan[] = []
  for (const [stage, count] of spec.units.entries()) {
    for (let index = 0; index < count; index++) {
      const unit = residualUnit(net, spec, x, stage, index)
      units.push(unit)
      x = unit.output
    }
  }
  return { spec, nodes: net.nodes, units, output: head(net, spec, x) }
}

function stem(net: PlanBuilder, spec: ModelSpec, input: MapShape): string {
  const at = { path: 'stem' } as const
  let x = net.add('input', { op: 'input' }, [], input, at)
  const [kernel, stride] = spec.stem === 'cifar' ? [3, 1] : [7, 2]
  x = net.conv('conv1', x, stemWidth(spec), { kernel, stride }, at)
  if (spec.order !== 'full-preactivation') {
    x = net.batchNorm('bn1', x, at)
    if (spec.order !== 'relu-only-preactivation') x = net.relu('relu', x, at)
  }
  if (spec.stem === 'cifar') return x
  const pooled = { ...windowed(net.shape(x), 3, 2, 1), channels: stemWidth(spec) }
  return net.add('maxpool', { op: 'maxPool', kernel: 3, stride: 2, padding: 1 }, [x], pooled, at)
}

function head(net: PlanBuilder, spec: ModelSpec, x: string): string {
  const at = { path: 'head' } as const
  if (spec.order === 'full-preactivation') x = net.batchNorm('norm', x, at)
  if (isPreactivation(spec)) x = net.relu('norm.relu', x, at)
  const pooled = { height: 1, width: 1, channels: net.shape(x).channels }
  x = net.add('avgpool', { op: 'globalAveragePool' }, [x], pooled, at)
  const logits = { height: 1, width: 1, channels: spec.classes }
  return net.add('fc', { op: 'dense', name: 'fc' }, [x], logits, at)
}

function isPreactivation(spec: ModelSpec): boolean {
  return spec.order === 'full-preactivation' || spec.order === 'relu-only-preactivation'
}

/** Kernel, channels and stride of each convolution on the residual path. */
function convolutions(spec: ModelSpec, stage: number, stride: number) {
  const width = spec.widths[stage]!
  if (spec.block === 'basic') {
    return [
      { kernel: 3, channels: width, stride },
      { kernel: 3, channels: width, stride: 1 },
    ]
  }
  const [first, second] = spec.strideAt === 'first' ? [stride, 1] : [1, stride]
  return [
    { kernel: 1, channels: width, stride: first },
    { kernel: 3, channels: width, stride: second },
    { kernel: 1, channels: 4 * width, stride: 1 },
  ]
}

function residualUnit(
  net: PlanBuilder,
  spec: ModelSpec,
  input: string,
  stage: number,
  index: number,
): UnitPlan {
  const name = `layer${stage + 1}.${index}`
  const channels = outputChannels(spec, stage)
  const stride = stage > 0 && index === 0 ? 2 : 1
  const changesShape = stride !== 1 || net.shape(input).channels !== channels
  const convs = convolutions(spec, stage, stride)
  const last = convs.length
  const at = (path: Path) => ({ path, unit: name })

  // The leading activation of a pre-activation unit stands before the fork where the shape
  // changes and in the very first unit; elsewhere it belongs to F alone.
  const leads = isPreactivation(spec)
  const shared = leads && (changesShape || (stage === 0 && index === 0))
  const activate = (x: string, k: number, path: Path) => {
    if (spec.order === 'full-preactivation') x = net.batchNorm(`${name}.bn${k}`, x, at(path))
    return net.relu(`${name}.relu${k}`, x, at(path))
  }
  const fork = shared ? activate(input, 1, 'shared') : input

  let f = fork
  for (const [i, conv] of convs.entries()) {
    const k = i + 1
    const inside = at('residual')
    // `full-preactivation` activates before every convolution, `relu-only` adds one ReLU in front.
    const before = spec.order === 'full-preactivation' || (k === 1 && leads)
    if (before && !(k === 1 && shared)) f = activate(f, k, 'residual')
    f = net.conv(`${name}.conv${k}`, f, conv.channels, conv, inside)
    if (spec.order === 'full-preactivation') continue
    if (k < last || spec.order !== 'bn-after-addition') {
      f = net.batchNorm(`${name}.bn${k}`, f, inside)
    }
    const activated = k < last || spec.order === 'relu-before-addition'
    if (activated) f = net.relu(reluId(spec, name, k), f, inside)
  }

  let y = join(net, spec, { name, fork, f, channels, stride, changesShape })
  if (spec.order === 'bn-after-addition') y = net.batchNorm(`${name}.bn${last}`, y, at('after'))
  if (spec.order === 'original' || spec.order === 'bn-after-addition') {
    y = net.relu(`${name}.relu`, y, at('after'))
  }
  return { name, stage, stride, input, output: y, changesShape }
}

/** `relu-only` already has a relu1 in front of conv1, so those inside F count from 2 there. */
function reluId(spec: ModelSpec, unit: string, k: number): string {
  return `${unit}.relu${spec.order === 'relu-only-preactivation' ? k + 1 : k}`
}

interface Fork {
  name: string
  fork: string
  f: string
  channels: number
  stride: number
  changesShape: boolean
}

/** h(x), the gate where there is one, and where they meet F(x): y = h(x) + F(x) and its rivals. */
function join(net: PlanBuilder, spec: ModelSpec, unit: Fork): string {
  const { name, fork, f, channels, stride } = unit
  const { shortcut } = spec
  if (shortcut.kind === 'none') return f

  const meet = (layer: Layer, inputs: string[]) =>
    net.add(`${name}.add`, layer, inputs, net.shape(f), { path: 'join', unit: name })
  const h = shortcutPath(net, spec, unit)
  switch (shortcut.kind) {
    case 'identity':
    case 'conv1x1':
    case 'dropout':
      return meet({ op: 'add' }, [h, f])
    case 'scaling': {
      const { shortcut: s, residual: r } = shortcut
      return meet({ op: 'weightedAdd', shortcut: s, residual: r }, [h, f])
    }
    case 'exclusive-gate':
    case 'shortcut-gate': {
      const at = { path: 'gate', unit: name } as const
      const gate = `${name}.gate`
      const raw = net.conv(gate, fork, channels, { kernel: 1, stride }, at)
      const layer: Layer = { op: 'sigmoid', name: gate, bias: shortcut.bias }
      const g = net.add(`${gate}.sigmoid`, layer, [raw], net.shape(raw), at)
      const op = shortcut.kind === 'exclusive-gate' ? 'exclusiveGate' : 'shortcutGate'
      return meet({ op }, [h, f, g])
    }
    default:
      return shortcut satisfies never
  }
}

function shortcutPath(net: PlanBuilder, spec: ModelSpec, unit: Fork): string {
  const { name, fork, channels, stride, changesShape } = unit
  const { shortcut } = spec
  const at = { path: 'shortcut', unit: name } as const
  let h = fork
  const convolved =
    shortcut.kind === 'conv1x1' ||
    (changesShape && spec.projection === 'B' && usesProjection(shortcut))
  if (convolved) {
    h = net.conv(`${name}.downsample.0`, h, channels, { kernel: 1, stride }, at)
    if (spec.order !== 'full-preactivation' && spec.order !== 'bn-after-addition') {
      h = net.batchNorm(`${name}.downsample.1`, h, at)
    }
  } else if (changesShape) {
    const output = { ...windowed(net.shape(h), 1, stride, 0), channels }
    h = net.add(`${name}.pad`, { op: 'zeroPadShortcut', stride }, [h], output, at)
  }
  if (shortcut.kind === 'dropout') {
    const layer: Layer = { op: 'dropout', name: `${name}.dropout`, rate: shortcut.rate }
    h = net.add(`${name}.dropout`, layer, [h], net.shape(h), at)
  }
  return h
}
