import { Suspense, useState } from 'react'
import { part } from './part'

const StepsRows = part(() => import('./StepsRows'))

/** The figures behind the curves as a table, to read, to copy, and for screen readers. */
export function StepsTable() {
  const [open, setOpen] = useState(false)
  return (
    <details className="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Figures as a table</summary>
      <Suspense>{open && <StepsRows />}</Suspense>
    </details>
  )
}
