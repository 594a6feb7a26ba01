/** A heading with its id, the Markdown under it, and the headings below it. */
export interface Section {
  id: string
  /** Markdown in a line. */
  title: string
  body: string
  parts: readonly Section[]
}

/** A lesson's text that does not have the form it should have; says where and what to do. */
export class InvalidTexts extends Error {
  override name = 'InvalidTexts'
}

const HEADING = /^(#{1,4})\s+(.*?)\s*(?:\{#([\w.-]+)\})?$/

interface Open extends Section {
  level: number
  parts: Open[]
}

/**
 * The sections of a lesson's Markdown: `# Title`, `## Step {#id}`, `### Part {#id}` and
 * `#### Option {#id}`. Throws `InvalidTexts` with the line where an id is missing or a level is
 * left out.
 */
export function parseTexts(markdown: string): Section {
  const root: Open = { id: '', title: '', body: '', parts: [], level: 0 }
  const open = [root]
  let fenced = false
  for (const [i, line] of markdown.split('\n').entries()) {
    if (/^\s*```/.test(line)) fenced = !fenced
    const heading = fenced ? null : HEADING.exec(line)
    if (!heading) {
      open.at(-1)!.body += `${line}\n`
      continue
    }
    const [, marks, title, id] = heading
    const level = marks!.length
    if (level > 1 && id === undefined) {
      throw new InvalidTexts(`line ${i + 1}: "${line}" has no id; end it with {#its-id}`)
    }
    while (open.at(-1)!.level >= level) open.pop()
    const parent = open.at(-1)!
    if (parent.level !== level - 1) {
      throw new InvalidTexts(`line ${i + 1}: "${line}" leaves a level of headings out`)
    }
    const section: Open = { id: id ?? '', title: title!, body: '', parts: [], level }
    parent.parts.push(section)
    open.push(section)
  }
  const [lesson, ...more] = root.parts
  if (!lesson || more.length > 0 || root.body.trim() !== '') {
    throw new InvalidTexts('expected one "# Title" at the top, and everything else under it')
  }
  return trimmed(lesson)
}

function trimmed({ id, title, body, parts }: Section): Section {
  return { id, title, body: body.trim(), parts: parts.map(trimmed) }
}

/** The part of a section with an id, or undefined where it has none such. */
export function part(section: Section | undefined, id: string): Section | undefined {
  return section?.parts.find((part) => part.id === id)
}
