import { createTranslator } from 'use-intl/core'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../archive/record'
import { comparisonOf } from '../../run/comparison'
import { FIRST_RUN } from '../../run/presets'
import en from '../../words/en'
import { type ReceiptWords, receiptOf, receiptToMarkdown } from './receipt'

const words = { locale: 'en', messages: en } as const
const label = createTranslator({ ...words, namespace: 'compare.setting' })
const WORDS: ReceiptWords = {
  t: createTranslator({ ...words, namespace: 'runs.receipt' }),
  settingLabel: (name) => label(name),
  settingText: (name, { model }) => (name === 'widths' ? model.widths.join(' · ') : '?'),
  fault: (english) => english,
}
const RECORD: RunRecord = {
  ...{ id: '0'.repeat(24), name: '', note: '', starred: false, run: FIRST_RUN },
  ...{ startsFrom: 'a | b\nc', startedAt: 0, updatedAt: 1, status: { state: 'finished' } },
  ...{ steps: 2, evaluations: [{ step: 2, loss: 1.5, accuracy: 0.5, images: 100 }] },
  adjustments: [{ step: 7, learningRate: 0.01, momentum: 0.5 }],
  ...{ device: { name: 'A GPU', software: true }, weights: { step: 2, sha256: 'ab'.repeat(32) } },
  versions: { app: '1', commit: 'abc', browser: 'Browser 1' },
  group: { id: 'race', comparison: comparisonOf(FIRST_RUN), lane: 0, seedIndex: 0 },
}
const STEPS = {
  ...{ loss: Float32Array.of(2, 1), correct: Uint32Array.of(1, 2) },
  ...{ learningRate: Float64Array.of(0.1, 0.1), seconds: Float64Array.of(1, 2.5) },
}

test('a receipt says in words what the run was, and no text of it breaks the table', () => {
  const receipt = receiptOf({ record: RECORD, steps: STEPS }, 'https://example.org/#run=x', WORDS)
  const text = receiptToMarkdown('A run', receipt)
  for (const row of [
    '| Net | ResNet-8 v2 |',
    '| Comparison | lane ResNet-8 v2 of ResNet-8 v2 |',
    `| Widths | ${FIRST_RUN.model.widths.join(' · ')} |`,
    '| Learning rate | from 0.1 to 0 along a cosine; warm-up of 10 steps at 0.02 |',
    '| Changed while it ran | after step 7: learning rate 0.01; after step 7: momentum 0.5 |',
    '| Seed | 1 |',
    '| Starts from | a \\| b c |',
    '| Steps | 2 of 600 |',
    '| Training loss | 1.5000, mean of the last 2 steps |',
    '| Last validation | 50.00 % of 100 images, loss 1.5000, after step 2 |',
    `| Weights (SHA-256) | ${'ab'.repeat(32)} after step 2 |`,
    '| Device | A GPU (software) |',
    '| Program | Residual Playground 1, commit abc |',
    '| Settings | https://example.org/#run=x |',
  ]) {
    expect(text.split('\n')).toContain(row)
  }
  expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(receipt.length + 2)
})
