import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from 'react'

/** Which parts of a unit are pointed at, in all its pictures at once. */
export interface Pointing {
  lit: readonly string[]
  onPoint: (parts: readonly string[]) => void
}

interface PartsProps extends Pointing {
  label: string
  className?: string
  children: ReactNode
}

const partsOf = (element: Element) => element.getAttribute('data-part')!.split(' ')

/**
 * A picture of a unit: whatever in it has `data-part` can be pointed at by mouse, touch and arrow
 * keys, and lights up (`data-lit`) where it is pointed at in another picture.
 */
export function Parts({ label, className, lit, onPoint, children }: PartsProps) {
  const picture = useRef<HTMLDivElement>(null)
  const all = () => [...picture.current!.querySelectorAll('[data-part]:not([data-part=""])')]
  // After every rendering: a picture may have drawn itself anew.
  useEffect(() => {
    for (const element of all()) {
      element.toggleAttribute(
        'data-lit',
        partsOf(element).some((part) => lit.includes(part)),
      )
    }
  })

  const onPointerOver = ({ target }: PointerEvent) => {
    const element = (target as Element).closest('[data-part]')
    onPoint(element ? partsOf(element).filter(Boolean) : [])
  }
  // A finger that is lifted has left as well; what it touched stays lit.
  const onPointerLeave = ({ pointerType }: PointerEvent) => {
    if (pointerType === 'mouse') onPoint([])
  }
  const at = useRef(-1)
  const onKeyDown = (event: KeyboardEvent) => {
    const elements = all()
    const next = moved(event.key, at.current, elements.length)
    if (next === undefined) return
    event.preventDefault()
    at.current = next
    const element = elements[next]
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    onPoint(element ? partsOf(element) : [])
  }
  const onBlur = () => {
    at.current = -1
    onPoint([])
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      ref={picture}
      className={className}
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys work in it
      tabIndex={0}
      {...{ onPointerOver, onPointerLeave, onKeyDown, onBlur }}
    >
      {children}
    </div>
  )
}

/** Where a key leads from one of `count` parts: -1 is none of them, undefined another key. */
function moved(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(from + 1, count - 1)
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(from - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'Escape':
      return -1
    default:
      return undefined
  }
}
