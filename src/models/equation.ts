import type { Layer, NetworkPlan, UnitPlan } from './plan'
import type { ModelSpec } from './spec'

/** A layer in a word or two, as figures and formulas name it. */
export function layerName(layer: Layer, channels?: number): string {
  switch (layer.op) {
    case 'conv': {
      const size = `${layer.kernel}×${layer.kernel} conv`
      return channels === undefined ? size : `${size}, ${channels}`
    }
    case 'batchNorm':
      return 'BN'
    case 'relu':
      return 'ReLU'
    case 'zeroPadShortcut':
      return 'zero pad'
    case 'sigmoid':
      return 'σ'
    case 'dropout':
      return `dropout ${layer.rate}`
    case 'maxPool':
      return `${layer.kernel}×${layer.kernel} max pool`
    case 'globalAveragePool':
      return 'average pool'
    case 'dense':
      return 'dense'
    case 'input':
      return 'input'
    case 'add':
    case 'weightedAdd':
    case 'exclusiveGate':
    case 'shortcutGate':
      return '+'
    default:
      return layer satisfies never
  }
}

/** y by h(x) and F(x) (He et al. 2016, equation 1 and section 3.1). */
function sum(spec: ModelSpec): string {
  const { shortcut } = spec
  switch (shortcut.kind) {
    case 'none':
      return 'F(x)'
    case 'scaling':
      return `${shortcut.shortcut}·h(x) + ${shortcut.residual}·F(x)`
    case 'exclusive-gate':
      return '(1 − g)·h(x) + g·F(x)'
    case 'shortcut-gate':
      return '(1 − g)·h(x) + F(x)'
    case 'dropout':
      return 'dropout(h(x)) + F(x)'
    case 'identity':
    case 'conv1x1':
      return 'h(x) + F(x)'
    default:
      return shortcut satisfies never
  }
}

/** h(x): the input itself, or what makes its shape fit. */
function shortcutTerm(spec: ModelSpec, unit: UnitPlan): string | undefined {
  if (spec.shortcut.kind === 'none') return undefined
  if (spec.shortcut.kind === 'conv1x1') return 'h(x) = W x'
  if (!unit.changesShape) return 'h(x) = x'
  return spec.projection === 'A' ? 'h(x) = x, strided and zero-padded' : 'h(x) = W x, a 1×1 conv'
}

/** A unit's equations as lines of text: y, x′, h and F, drawn from the plan that trains. */
export function equations({ spec, nodes }: NetworkPlan, unit: UnitPlan): string[] {
  const own = nodes.filter((node) => node.unit === unit.name)
  const after = own.filter((node) => node.path === 'after').map(({ layer }) => layerName(layer))
  const residual = own.filter((node) => node.path === 'residual')
  const h = shortcutTerm(spec, unit)
  return [
    `y = ${sum(spec)}`,
    after.length > 0
      ? `x′ = ${after.toReversed().join('(')}(y${')'.repeat(after.length)}`
      : 'x′ = y',
    ...(h ? [h] : []),
    `F = ${residual.map(({ layer }) => layerName(layer)).join(' → ')}`,
  ]
}
