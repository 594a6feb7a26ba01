import { VisuallyHidden } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { hasTravelled } from './place'

/** What a place is called: the title of the document, and where the focus goes on arrival. */
export function PlaceHeading({ children, hidden }: { children: string; hidden?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${children} · Residual Playground`
  }, [children])
  useEffect(() => {
    if (hasTravelled()) heading.current?.focus()
  }, [])
  const title = (
    <h1 ref={heading} tabIndex={-1} className="place-heading">
      {children}
    </h1>
  )
  return hidden ? <VisuallyHidden>{title}</VisuallyHidden> : title
}
