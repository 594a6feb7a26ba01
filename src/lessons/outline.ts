import type { Lesson, Step } from './lesson'
import type { Section } from './texts'

/** The heading ids that a lesson's texts must have, in their order, as paths: `step/part/option`. */
export function outline({ steps }: Lesson): string[] {
  return steps.flatMap((step) => [step.id, ...parts(step).map((path) => `${step.id}/${path}`)])
}

function parts({ question, action, checks = [], paper }: Step): string[] {
  const asked = question
    ? ['question', ...question.options.map((option) => `question/${option}`)]
    : []
  const measured = checks.flatMap(({ id, holds }) => [
    `check-${id}`,
    ...(holds.length > 0 ? [`check-${id}/yes`, `check-${id}/no`] : []),
  ])
  const done = action ? ['action', ...measured] : measured
  const body = question?.asked === 'after' ? [...done, ...asked] : [...asked, ...done]
  return paper ? [...body, 'paper'] : body
}

/** The heading ids that a text has, as `outline` gives them. */
export function idsOf({ parts }: Section): string[] {
  return parts.flatMap((part) => [part.id, ...idsOf(part).map((path) => `${part.id}/${path}`)])
}

/** Names in braces outside of equations, `{first}`: where a check's text puts its values. */
export function placeholders({ title, body, parts }: Section): string[] {
  const words = `${title} ${body}`.replace(/\$[^$]*\$/g, '')
  const own = [...words.matchAll(/\{([\w-]+)\}/g)].map(([, name]) => name!)
  return [...own, ...parts.flatMap(placeholders)]
}
