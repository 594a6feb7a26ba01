import { cloneElement, type ReactElement, Suspense, startTransition, useState } from 'react'
import type { MenuEntry } from './ButtonMenu'
import { part } from './part'

const ButtonMenu = part(() => import('./ButtonMenu'))

/** A button that opens a menu; the menu is loaded after the page. */
export function MenuButton(props: {
  button: ReactElement<Record<string, unknown>>
  entries: readonly MenuEntry[]
  /** Pixels. */
  width?: number
}) {
  const { button } = props
  const [used, setUsed] = useState(false)
  // In a transition, the button stays where it is until its menu has come.
  const use = () => startTransition(() => setUsed(true))
  const unused = cloneElement(button, { 'aria-haspopup': 'menu', onClick: use })
  return <Suspense>{used ? <ButtonMenu {...props} /> : unused}</Suspense>
}
