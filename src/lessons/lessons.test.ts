import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import katex from 'katex'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../words/language'
import { LESSONS, loadLesson, loadTexts } from './catalogue'
import type { Setup } from './lesson'
import { judge, type Measured } from './measured'
import { idsOf, outline, placeholders } from './outline'
import { setupComparison, setupRun } from './setup'
import { part } from './texts'

test('every folder beside the format is a lesson of the catalogue', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  expect([...LESSONS].sort()).toEqual(folders.sort())
})

/** Digits in a text, in their order: what two languages must not say differently. */
const figures = (text: string) => text.match(/\d+(?:[.,]\d+)*/g) ?? []

/** Checks an equation: throws where KaTeX does not know a command or misses a brace. */
function typeset(tex: string): string {
  katex.renderToString(tex, { strict: 'error' })
  return ''
}

/** What is known of a set-up's nets before they train: their counts. */
function untrained(setup: Setup): Measured {
  const models =
    setup.kind === 'run'
      ? [setupRun(setup).model]
      : setupComparison(setup, 'en').lanes.map(({ model }) => model)
  const loss = new Float64Array()
  const run = { loss, correct: loss, evaluations: [], readings: [] }
  const lanes = models.map((model) => ({ model, batchSize: 16, stepMs: undefined, runs: [run] }))
  return { lanes, start: undefined }
}

describe.each(LESSONS)('%s', (name) => {
  test.each(LANGUAGES)('in %s has the headings that its structure asks for', async (language) => {
    const [lesson, texts] = [await loadLesson(name), await loadTexts(name, language)]
    expect(idsOf(texts)).toEqual(outline(lesson))
    expect(texts.title).not.toBe('')
    expect(texts.body).not.toBe('')
  })

  test.each(LANGUAGES)('in %s tells every value of a check, and no other', async (language) => {
    const [lesson, texts] = [await loadLesson(name), await loadTexts(name, language)]
    for (const step of lesson.steps) {
      for (const { id, values } of step.checks ?? []) {
        const told = placeholders(part(part(texts, step.id), `check-${id}`)!)
        expect(new Set(told), `${step.id}/check-${id}`).toEqual(new Set(Object.keys(values)))
      }
    }
  })

  test.each(LANGUAGES)(
    'in %s has equations that KaTeX reads, each on one line',
    async (language) => {
      const text = readFileSync(join(import.meta.dirname, name, `${language}.md`), 'utf8')
      const rest = text.replace(/^\$\$\n(.+)\n\$\$$/gm, (_, tex) => typeset(tex))
      expect(rest.replace(/\$([^$\n]+)\$/g, (_, tex) => typeset(tex))).not.toContain('$')
    },
  )

  test('gives the same figures of the paper in both languages', async () => {
    const [en, zh] = [await loadTexts(name, 'en'), await loadTexts(name, 'zh')]
    for (const { id } of en.parts) {
      const [ours, theirs] = [en, zh].map((texts) => part(part(texts, id), 'paper')?.body ?? '')
      expect(figures(theirs!).sort(), id).toEqual(figures(ours!).sort())
    }
  })

  test('has checks of counts that hold of its set-ups', async () => {
    const { steps } = await loadLesson(name)
    let setup: Setup | undefined
    for (const step of steps) {
      setup = step.setup ?? setup
      for (const check of step.checks ?? []) {
        const judged = judge(check, untrained(setup!))
        if (judged) expect(judged, `${step.id}/check-${check.id}`).toMatchObject({ holds: true })
      }
    }
  })

  test('has set-ups that can be trained, and questions with their right answer', async () => {
    const { steps } = await loadLesson(name)
    let setup: Setup | undefined
    for (const step of steps) {
      setup = step.setup ?? setup
      if (step.setup?.kind === 'run') setupRun(step.setup)
      if (step.setup?.kind === 'lanes') {
        for (const language of LANGUAGES) setupComparison(step.setup, language)
      }
      if (step.action) expect(setup, step.id).toBeDefined()
      if (setup?.kind === 'lanes' && (setup.seeds ?? 1) > 1 && step.action?.kind === 'train') {
        expect(setupComparison(setup, 'en').train.steps, step.id).toBe(step.action.steps)
      }
      if (step.question) expect(step.question.options).toContain(step.question.right)
      for (const { values, holds } of step.checks ?? []) {
        for (const { left, right } of holds) {
          expect(Object.keys(values)).toContain(left)
          if (typeof right === 'string') expect(Object.keys(values)).toContain(right)
        }
      }
    }
  })
})
