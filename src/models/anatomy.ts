import type { NetworkPlan, PlanNode, UnitPlan } from './plan'

/** Ids of the nodes of a unit whose outputs its equations name: y = h(x) + F(x), x' = f(y). */
export interface Anatomy {
  /** Where the paths part: x, or what the shared activation makes of it. */
  fork: string
  /** Undefined in a plain net. */
  h: string | undefined
  f: string
  y: string
  /** The gate's opening g, where there is one. */
  gate: string | undefined
  /** The ReLU after the addition, and what it reads, where there is one. */
  mask: { input: string; output: string } | undefined
}

/** Finds a unit's parts among the nodes of its plan. */
export function anatomyOf({ nodes }: NetworkPlan, unit: UnitPlan): Anatomy {
  const own = nodes.filter((node) => node.unit === unit.name)
  const last = (path: PlanNode['path']) => own.findLast((node) => node.path === path)
  const join = last('join')
  const [h, f, gate] = join?.inputs ?? []
  const relu = own.find((node) => node.path === 'after' && node.layer.op === 'relu')
  const residual = last('residual')!.id
  return {
    fork: last('shared')?.id ?? unit.input,
    h,
    f: f ?? residual,
    y: join?.id ?? residual,
    gate,
    mask: relu && { input: relu.inputs[0]!, output: relu.id },
  }
}
