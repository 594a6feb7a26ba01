import { expect, test } from 'vitest'
import { idsOf, placeholders } from './outline'
import { InvalidTexts, parseTexts, part } from './texts'

const LESSON = `# Title

Summary.

## First step {#first}

Text with $x_{l}$.

\`\`\`python
# not a heading
\`\`\`

### Which? {#question}

#### This one {#this}

Right.

### Measured {#check-loss}

It was {loss}, in $\\frac{a}{b}$ of {steps} steps.

## Second {#second}
`

test('headings become sections with their Markdown', () => {
  const texts = parseTexts(LESSON)
  expect(texts).toMatchObject({ title: 'Title', body: 'Summary.' })
  const first = part(texts, 'first')!
  expect(first.title).toBe('First step')
  expect(first.body).toBe('Text with $x_{l}$.\n\n```python\n# not a heading\n```')
  expect(part(part(first, 'question'), 'this')).toMatchObject({ title: 'This one', body: 'Right.' })
  expect(part(texts, 'third')).toBeUndefined()
  expect(idsOf(texts)).toEqual([
    'first',
    'first/question',
    'first/question/this',
    'first/check-loss',
    'second',
  ])
})

test('placeholders stand in braces outside of equations', () => {
  const check = part(part(parseTexts(LESSON), 'first'), 'check-loss')!
  expect(placeholders(check)).toEqual(['loss', 'steps'])
})

test.each([
  ['# Title\n\n## Step\n', 'line 3: "## Step" has no id; end it with {#its-id}'],
  ['# Title\n\n### Part {#part}\n', 'line 3: "### Part {#part}" leaves a level of headings out'],
  ['Words\n# Title\n', 'expected one "# Title" at the top, and everything else under it'],
  ['# One\n# Two\n', 'expected one "# Title" at the top, and everything else under it'],
])('a text of another form is refused: %j', (markdown, message) => {
  expect(() => parseTexts(markdown)).toThrow(new InvalidTexts(message))
})
