import { type ComponentProps, Suspense, useState } from 'react'
import { QUANTITY_NAMES } from '../../curves/format'
import { part } from '../part'
import type Rows from './CurveRows'

const CurveRows = part(() => import('./CurveRows'))

/** The figures of a chart as a table: what is seen of it, at twenty places. */
export function CurveTable(props: ComponentProps<typeof Rows>) {
  const [open, setOpen] = useState(false)
  return (
    <details className="curve-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{QUANTITY_NAMES[props.quantity]} as a table</summary>
      <Suspense>{open && <CurveRows {...props} />}</Suspense>
    </details>
  )
}
