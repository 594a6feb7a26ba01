import { expect, test } from 'vitest'
import { filesUnder } from '../../test/folders'
import { type Node, syntaxOf, textOf, walk } from '../../test/syntax'

/** Attributes and properties whose text people read or hear. */
const READ = /^(aria-label|aria-description|alt|label|title|placeholder|description|heading|about)$/

/** Signs, formulas and names that are the same in every language. */
const SAME = /^[^\p{L}]*$|^([Fh]\(x\)|[gx]|f16|f32|CIFAR-10|Residual Playground)$/u

/** What of a component is shown as it stands: texts, and texts that a choice may give. */
function shown(node: Node, found: string[]): void {
  const text = textOf(node)?.trim()
  if (text !== undefined) {
    if (!SAME.test(text.replaceAll('{}', ''))) found.push(text)
    return
  }
  const parts = {
    JSXExpressionContainer: ['expression'],
    ConditionalExpression: ['consequent', 'alternate'],
    LogicalExpression: ['left', 'right'],
    JSXFragment: ['children'],
  }[node.type]
  for (const part of parts?.flatMap((name) => node[name] as Node | Node[]) ?? []) shown(part, found)
}

function literalsOf(file: string): string[] {
  const found: string[] = []
  walk(syntaxOf(file), (node) => {
    if (node.type === 'JSXElement') {
      for (const child of node.children as Node[]) {
        if (child.type !== 'JSXElement') shown(child, found)
      }
    }
    const name = node.type === 'Property' ? (node.key as Node) : (node.name as Node)
    if (!/^(JSXAttribute|Property)$/.test(node.type)) return
    if (READ.test(String(name.name ?? name.value)) && node.value) shown(node.value as Node, found)
  })
  return found
}

const components = filesUnder('src/ui').filter((file) => file.endsWith('.tsx'))

test('components hold no texts of their own', () => {
  const found = components.flatMap((file) => literalsOf(file).map((text) => ({ file, text })))
  expect(found).toEqual([])
})
