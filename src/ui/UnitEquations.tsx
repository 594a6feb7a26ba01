import { Suspense, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Equations } from '../models/equation'
import { Parts, type Pointing } from './Parts'
import { part } from './part'

const SETTLED_MS = 300

const Tex = part(async () => {
  const tex = await import('./Tex')
  await tex.loadFonts()
  return tex
})

/** A unit's equations, set once they come into view. */
export function UnitEquations({ lines, ...pointing }: Pointing & { lines: Equations }) {
  const t = useTranslations('unit')
  const list = useRef<HTMLUListElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true))
    // While the page builds up, what ends below the window may stand in it for a moment.
    const settled = setTimeout(() => observer.observe(list.current!), SETTLED_MS)
    return () => {
      clearTimeout(settled)
      observer.disconnect()
    }
  }, [])
  return (
    <Parts label={t('equations')} className="equations" {...pointing}>
      <ul ref={list}>
        {Object.entries(lines).map(([name, tex]) => (
          <li key={name}>
            <Suspense>{seen && <Tex tex={tex} />}</Suspense>
          </li>
        ))}
      </ul>
    </Parts>
  )
}
