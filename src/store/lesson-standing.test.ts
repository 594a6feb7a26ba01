import { expect, test } from 'vitest'
import type { Question, Step } from '../lessons/lesson'
import { isTold } from './lesson-standing'

const asked = (when: Question['asked']): Question => ({ options: ['a'], right: 'a', asked: when })

test.each<[string, Step, boolean]>([
  ['is told at once where nothing is asked', { id: 'step' }, true],
  [
    'is told at once where the question comes after it',
    { id: 'step', question: asked('after') },
    true,
  ],
  [
    'waits for the answer to a question asked first',
    { id: 'step', question: asked('before') },
    false,
  ],
  [
    'waits for the action alone where there is one',
    { id: 'step', question: asked('before'), action: { kind: 'measure' } },
    true,
  ],
])('what is counted %s', (_, step, told) => {
  expect(isTold(step, false)).toBe(told)
  expect(isTold(step, true)).toBe(true)
})
