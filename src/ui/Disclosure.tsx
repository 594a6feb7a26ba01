import { type ReactNode, Suspense, useState } from 'react'

/** A title that opens what is under it, which is made only while it is open. */
export function Disclosure(props: {
  summary: ReactNode
  className?: string
  /** Whether it is open at first. */
  opened?: boolean
  children: ReactNode
}) {
  const { summary, className = 'panel', opened = false, children } = props
  const [open, setOpen] = useState(opened)
  return (
    <details
      className={className}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{summary}</summary>
      {open && <Suspense>{children}</Suspense>}
    </details>
  )
}
