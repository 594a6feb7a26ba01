import type { Path, PlanNode } from '../models/plan'

export interface Box {
  node: PlanNode
  x: number
  y: number
  width: number
}

/** Where a unit's paths run, and how wide their boxes are. */
interface Columns {
  width: number
  residual: { x: number; boxWidth: number }
  gate: { x: number; boxWidth: number }
  shortcut: { x: number; boxWidth: number }
}

const TWO_PATHS: Columns = {
  width: 368,
  residual: { x: 112, boxWidth: 136 },
  gate: { x: 0, boxWidth: 0 },
  shortcut: { x: 292, boxWidth: 136 },
}

const THREE_PATHS: Columns = {
  width: 440,
  residual: { x: 100, boxWidth: 120 },
  gate: { x: 232, boxWidth: 120 },
  shortcut: { x: 368, boxWidth: 128 },
}

export const BOX_HEIGHT = 28
export const JOIN_RADIUS = 12
const STEP = BOX_HEIGHT + 14
const TOP = 36
const FORK_SPACE = 24
const END_SPACE = 26

/** Boxes and lines of a unit's drawing, laid out from top to bottom. */
export interface Drawing {
  width: number
  height: number
  boxes: readonly Box[]
  /** Where the residual path, the shortcut and the gate run from top to bottom. */
  residualX: number
  shortcutX: number
  /** Undefined where the unit has no gate. */
  gateX: number | undefined
  /** Where the paths part. */
  fork: number
  /** First and last height of F. */
  residual: { top: number; bottom: number }
  /** The circle where the paths meet, unless the net is plain. */
  join: { node: PlanNode; y: number } | undefined
}

/** Places the nodes of one unit. */
export function layOut(nodes: readonly PlanNode[]): Drawing {
  const on = (path: Path) => nodes.filter((node) => node.path === path)
  const columns = on('gate').length > 0 ? THREE_PATHS : TWO_PATHS
  const boxes: Box[] = []
  const column = (list: PlanNode[], { x, boxWidth: width }: Columns['gate'], top: number) => {
    for (const [i, node] of list.entries()) boxes.push({ node, x, width, y: top + i * STEP })
    return top + list.length * STEP
  }
  const fork = column(on('shared'), columns.residual, TOP)
  const top = fork + FORK_SPACE
  const joined = column(on('residual'), columns.residual, top)
  const middle = (list: PlanNode[]) => top + (joined - top - list.length * STEP) / 2
  column(on('shortcut'), columns.shortcut, middle(on('shortcut')))
  column(on('gate'), columns.gate, middle(on('gate')))
  const [node] = on('join')
  const end = column(
    on('after'),
    columns.residual,
    node ? joined + 2 * JOIN_RADIUS + STEP - BOX_HEIGHT : joined,
  )
  return {
    width: columns.width,
    height: end + END_SPACE,
    boxes,
    residualX: columns.residual.x,
    shortcutX: columns.shortcut.x,
    gateX: columns === THREE_PATHS ? columns.gate.x : undefined,
    fork,
    residual: { top, bottom: joined - STEP + BOX_HEIGHT },
    join: node ? { node, y: joined + JOIN_RADIUS } : undefined,
  }
}
