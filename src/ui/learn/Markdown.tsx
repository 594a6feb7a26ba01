import { memo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkMath from 'remark-math'
import Tex from '../Tex'

/** Equations come as code of the class `language-math`; a displayed one stands in a `pre`. */
const MATH = /\blanguage-math\b/

const COMPONENTS: Components = {
  code({ className = '', children }) {
    if (!MATH.test(className)) return <code className={className}>{children}</code>
    return <Tex tex={String(children)} displayed={className.includes('math-display')} />
  },
  pre({ node, children }) {
    const [inner] = node?.children ?? []
    const classes = inner?.type === 'element' ? inner.properties.className : undefined
    const math = Array.isArray(classes) && classes.includes('math-display')
    return math ? <div className="lesson-equation">{children}</div> : <pre>{children}</pre>
  },
  a({ href, children }) {
    const outside = href?.startsWith('http')
    return (
      <a href={href} {...(outside ? { target: '_blank', rel: 'noreferrer' } : {})}>
        {children}
      </a>
    )
  },
}

const INLINE: Components = { ...COMPONENTS, p: ({ children }) => <>{children}</> }

/** A lesson's Markdown with its equations; `inline`, without a paragraph around it. */
function Markdown({ text, inline = false }: { text: string; inline?: boolean }) {
  return (
    <ReactMarkdown remarkPlugins={[remarkMath]} components={inline ? INLINE : COMPONENTS}>
      {text}
    </ReactMarkdown>
  )
}

// Lessons are rendered anew whenever their nets give a figure; their texts stay.
export default memo(Markdown)
