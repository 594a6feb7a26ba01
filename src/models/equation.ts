import { shortcutParts } from './parts'
import type { NetworkPlan, Path, PlanNode, UnitPlan } from './plan'

/** A unit's equations, each in LaTeX for KaTeX; what they are of names them. */
export type Equations = Partial<Record<'unit' | Path, string>>

/**
 * A unit's equations in the notation of He et al. 2016, drawn from the plan that trains: the unit
 * itself, x_{l+1} = f(h(x_l) + F(x_l, W_l)), then what is in it. `\htmlData{part=…}` says which parts
 * of the unit a symbol stands for.
 */
export function equations({ nodes }: NetworkPlan, unit: UnitPlan): Equations {
  const own = nodes.filter((node) => node.unit === unit.name)
  const on = (path: Path) => own.filter((node) => node.path === path)
  const ids = (path: Path) => on(path).map(({ id }) => id)
  const x = on('shared').length > 0 ? '\\hat{x}_l' : 'x_l'
  const F = part(ids('residual'), `\\mathcal{F}(${x}, \\mathcal{W}_l)`)
  const h = part(shortcutParts(own, unit), on('shortcut').length > 0 ? `h(${x})` : x)
  const g = part(ids('gate'), `g(${x})`)
  const [join] = on('join')
  const y = join ? sum(join, h, F, g) : F
  const composed = (path: Path, name: string) =>
    on(path).length > 0 ? { [path]: `${name} = ${applied(on(path), x)}` } : {}
  return {
    unit: `x_{l+1} = ${applied(on('after'), y)}`,
    ...(on('shared').length > 0 ? { shared: `${x} = ${applied(on('shared'), 'x_l')}` } : {}),
    ...composed('residual', `\\mathcal{F}(${x}, \\mathcal{W}_l)`),
    ...composed('shortcut', `h(${x})`),
    ...composed('gate', `g(${x})`),
  }
}

function part(ids: readonly string[], tex: string): string {
  return `\\htmlData{part=${ids.join(' ')}}{${tex}}`
}

/** Where h(x), F(x) and the gate meet (He et al. 2016, equation 1 and section 3.1). */
function sum({ id, layer }: PlanNode, h: string, F: string, g: string): string {
  const own = (tex: string) => part([id], tex)
  const plus = `\\mathbin{${own('+')}}`
  const open = `(1 - ${g})`
  switch (layer.op) {
    case 'weightedAdd': {
      const { shortcut, residual } = layer
      return `${own(String(shortcut))}\\,${h} ${plus} ${own(String(residual))}\\,${F}`
    }
    case 'exclusiveGate':
      return `${open} \\odot ${h} ${plus} ${g} \\odot ${F}`
    case 'shortcutGate':
      return `${open} \\odot ${h} ${plus} ${F}`
    default:
      return `${h} ${plus} ${F}`
  }
}

/** The layers applied to x one after another. */
function applied(nodes: readonly PlanNode[], x: string): string {
  return nodes.reduce((tex, node) => appliedLayer(node, tex), x)
}

function appliedLayer({ id, layer }: PlanNode, x: string): string {
  const own = (tex: string) => part([id], tex)
  switch (layer.op) {
    case 'conv': {
      const stride = layer.stride > 1 ? `_{/${layer.stride}}` : ''
      return `${own(weight(layer.name))} \\mathbin{*}${stride} ${x}`
    }
    case 'batchNorm':
      return `${own('\\mathrm{BN}')}(${x})`
    case 'relu':
      return `${own('\\mathrm{ReLU}')}(${x})`
    case 'dropout':
      return `${own(`\\mathrm{dropout}_{${layer.rate}}`)}(${x})`
    case 'sigmoid':
      return `${own('\\sigma')}(${x} + ${own('b_g')})`
    case 'zeroPadShortcut': {
      const taken = layer.stride > 1 ? `${x}{\\downarrow}_{${layer.stride}}` : x
      return own(`[\\,${taken},\\; 0\\,]`)
    }
    default:
      throw new Error(`a residual unit applies no ${layer.op} to one map`)
  }
}

/** W_1 of `layer1.0.conv1`; W_s of a shortcut's convolution, W_g of a gate's. */
function weight(name: string): string {
  const local = name.split('.')[2]!
  const index = /^conv(\d+)$/.exec(local)?.[1] ?? (local === 'gate' ? 'g' : 's')
  return `W_${index}`
}
