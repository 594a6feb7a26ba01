import { type Initial, tensors } from './parameters'
import { shortcutParts } from './parts'
import type { NetworkPlan, PlanNode, UnitPlan } from './plan'

/** A line of code and the parts of the unit that it computes. */
export interface CodeLine {
  text: string
  parts: readonly string[]
}

const CLASS = 'Unit'

/**
 * A residual unit as a PyTorch module, with the plan's names: its `state_dict` has the unit's
 * parameters, but for the unit's own name before them. To be read after
 * `import torch`, `from torch import nn` and `import torch.nn.functional as F`.
 */
export function pytorchUnit(network: NetworkPlan, unit: UnitPlan): CodeLine[] {
  const nodes = network.nodes.filter((node) => node.unit === unit.name)
  return [
    plain(`class ${CLASS}(nn.Module):`),
    plain('    def __init__(self):'),
    plain('        super().__init__()'),
    ...modules(network, unit, nodes).map(indented),
    plain(''),
    plain('    def forward(self, x):'),
    ...statements(unit, nodes).map(indented),
  ]
}

const plain = (text: string): CodeLine => ({ text, parts: [] })
const indented = ({ text, parts }: CodeLine): CodeLine => ({ text: `        ${text}`, parts })

/** `downsample.0` of `layer1.0.downsample.0`. */
function localName(unit: UnitPlan, name: string): string {
  return name.slice(unit.name.length + 1)
}

/** The layers that hold something, each made under its name. */
function modules(network: NetworkPlan, unit: UnitPlan, nodes: readonly PlanNode[]): CodeLine[] {
  const outputs = new Map(network.nodes.map(({ id, output }) => [id, output]))
  const biases = new Map(
    tensors(network).flatMap(({ name, initial }) =>
      name.endsWith('.gate.bias') ? [[name.slice(0, -'.bias'.length), initial]] : [],
    ),
  )
  const lines: CodeLine[] = []
  const chain: { made: string; id: string }[] = []
  for (const node of nodes) {
    const made = construction(node, outputs.get(node.inputs[0]!)!.channels, biases)
    if (!made) continue
    const name = localName(unit, made.name)
    if (name.startsWith('downsample.')) {
      chain.push({ made: made.text, id: node.id })
      continue
    }
    lines.push({ text: `self.${name} = ${made.text}`, parts: [node.id] })
    const bias = biases.get(made.name)
    if (node.layer.op === 'conv' && bias) {
      const value = firstValue(bias)
      lines.push({ text: `nn.init.constant_(self.${name}.bias, ${value})`, parts: [node.id] })
    }
  }
  if (chain.length > 0) {
    const text = `self.downsample = nn.Sequential(${chain.map(({ made }) => made).join(', ')})`
    lines.push({ text, parts: chain.map(({ id }) => id) })
  }
  return lines
}

function firstValue(initial: Initial): number {
  if (initial.kind !== 'constant') throw new Error('a gate starts from one value')
  return initial.value
}

function construction(
  { layer, output }: PlanNode,
  channels: number,
  biases: ReadonlyMap<string, Initial>,
): { name: string; text: string } | undefined {
  switch (layer.op) {
    case 'conv': {
      const { name, kernel, stride, padding } = layer
      const words = [
        `nn.Conv2d(${channels}, ${output.channels}, ${kernel}`,
        ...(stride > 1 ? [`stride=${stride}`] : []),
        ...(padding > 0 ? [`padding=${padding}`] : []),
        ...(biases.has(name) ? [] : ['bias=False']),
      ]
      return { name, text: `${words.join(', ')})` }
    }
    case 'batchNorm':
      return { name: layer.name, text: `nn.BatchNorm2d(${output.channels})` }
    case 'dropout':
      return { name: layer.name, text: `nn.Dropout(${layer.rate})` }
    default:
      return undefined
  }
}

/** What a path's result is called. */
const VARIABLE: Partial<Record<PlanNode['path'], string>> = {
  shared: 'a',
  residual: 'f',
  shortcut: 'h',
  gate: 'g',
}

function statements(unit: UnitPlan, nodes: readonly PlanNode[]): CodeLine[] {
  const names = new Map([[unit.input, 'x']])
  const lines: CodeLine[] = []
  const asItIs = nodes.some(({ path }) => path === 'shortcut') ? [] : shortcutParts(nodes, unit)
  for (const node of nodes) {
    const inputs = node.inputs.map((id) => names.get(id)!)
    const name = VARIABLE[node.path] ?? 'y'
    names.set(node.id, name)
    const last = lines.at(-1)
    const { layer } = node
    // A sequence is called as one, and a gate's bias belongs to its convolution.
    if (layer.op === 'batchNorm' && localName(unit, layer.name) === 'downsample.1' && last) {
      last.parts = [...last.parts, node.id]
      continue
    }
    const parts = node.path === 'join' ? [node.id, ...asItIs] : [node.id]
    lines.push({ text: `${name} = ${expression(unit, node, inputs)}`, parts })
  }
  return [...lines, { text: `return ${names.get(unit.output)!}`, parts: [unit.output] }]
}

function expression(
  unit: UnitPlan,
  { layer, output }: PlanNode,
  inputs: readonly string[],
): string {
  const [first, f, g] = inputs as [string, string, string]
  switch (layer.op) {
    case 'conv':
    case 'batchNorm':
    case 'dropout':
      return `self.${localName(unit, layer.name).replace(/^downsample\..*/, 'downsample')}(${first})`
    case 'relu':
      return `F.relu(${first})`
    case 'sigmoid':
      return `torch.sigmoid(${first})`
    case 'zeroPadShortcut': {
      const { stride } = layer
      const taken = stride > 1 ? `${first}[:, :, ::${stride}, ::${stride}]` : first
      return `F.pad(${taken}, (0, 0, 0, 0, 0, ${output.channels} - ${first}.shape[1]))`
    }
    case 'add':
      return `${first} + ${f}`
    case 'weightedAdd':
      return `${layer.shortcut} * ${first} + ${layer.residual} * ${f}`
    case 'exclusiveGate':
      return `(1 - ${g}) * ${first} + ${g} * ${f}`
    case 'shortcutGate':
      return `(1 - ${g}) * ${first} + ${f}`
    default:
      throw new Error(`a residual unit has no ${layer.op}`)
  }
}
