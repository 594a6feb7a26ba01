import katex from 'katex'
import 'katex/dist/katex.min.css'
import { useLayoutEffect, useRef } from 'react'

/** A formula of a text, set by KaTeX; MathML beside it is what a screen reader reads. */
export function Formula({ tex, displayed }: { tex: string; displayed: boolean }) {
  const formula = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    katex.render(tex, formula.current!, { displayMode: displayed, throwOnError: false })
  }, [tex, displayed])
  return <span ref={formula} />
}
