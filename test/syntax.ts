import { parseSync } from 'vite'
import { read } from './folders'

/** A node of a source file's syntax tree, as ESTree has it. */
export interface Node {
  type: string
  [part: string]: unknown
}

export function syntaxOf(file: string): Node {
  return parseSync(file, read(file)).program as unknown as Node
}

/** Visits a tree, each node before its parts; those of a node that gives false are left out. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  if (visit(node) === false) return
  for (const part of Object.values(node).flat()) {
    if (typeof part === 'object' && part !== null && 'type' in part) walk(part as Node, visit)
  }
}

/** A text with {} for what it takes in, or undefined where a node is none. */
export function textOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'JSXText') return String(node.value)
  if (node.type !== 'TemplateLiteral') return undefined
  const quasis = node.quasis as { value: { cooked: string } }[]
  return quasis.map(({ value }) => value.cooked).join('{}')
}
