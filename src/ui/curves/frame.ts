import type { DrawnCurve } from '../../curves/drawing'
import type { Axis } from '../../curves/scale'

/** What a chart draws now. */
export interface Frame {
  lines: readonly DrawnCurve[]
  x: Axis
  y: Axis
}

/** Pixels between a chart's edges and its plot; curves.css lays the crosshair by the same. */
export const INSET = { top: 8, right: 14, bottom: 28, left: 54 } as const
