import { Suspense } from 'react'
import { part } from '../part'

const Markdown = part(() => import('./Markdown'))

/** A part of a lesson's text; `inline`, without a paragraph around it. */
export function Text(props: { text: string; inline?: boolean }) {
  return (
    <Suspense>
      <Markdown {...props} />
    </Suspense>
  )
}
