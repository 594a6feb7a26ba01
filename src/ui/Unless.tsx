import type { ReactNode } from 'react'
import { Guard } from './Guard'
import { type PagePart, visitOf } from './visit'

/** How this visit's URL wants the page to look; it does not change without a reload. */
export const VISIT = visitOf(window.location.search)

/** Its children, guarded, unless the URL leaves this part of the page out. */
export function Unless({ hidden, children }: { hidden: PagePart; children: ReactNode }) {
  return VISIT.hidden.has(hidden) ? null : <Guard>{children}</Guard>
}
