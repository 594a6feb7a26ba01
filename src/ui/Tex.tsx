import katex from 'katex'
import 'katex/dist/katex.min.css'
import { useLayoutEffect, useRef } from 'react'

/** A formula, set by KaTeX; MathML beside it is what a screen reader reads. */
export default function Tex({ tex, displayed = false }: { tex: string; displayed?: boolean }) {
  const formula = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    katex.render(tex, formula.current!, {
      displayMode: displayed,
      throwOnError: false,
      trust: ({ command }) => command === '\\htmlData',
      strict: (code) => (code === 'htmlExtension' ? 'ignore' : 'warn'),
    })
  }, [tex, displayed])
  return <span ref={formula} />
}

/** Loads KaTeX's fonts, which a browser fetches only when a formula shows: it may be offline then. */
export async function loadFonts(): Promise<void> {
  const fonts = [...document.fonts].filter(({ family }) => family.includes('KaTeX'))
  await Promise.allSettled(fonts.map((font) => font.load()))
}
