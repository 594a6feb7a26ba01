import type { Lesson } from '../lesson'

export const lesson: Lesson = {
  steps: [
    {
      id: 'difference',
      setup: { kind: 'run' },
      shows: ['unit'],
      question: { options: ['zero', 'one', 'identity-filter'], right: 'zero', asked: 'after' },
      paper: { source: 'he-2015', place: { en: 'Section 3.1, Figure 2', zh: '第 3.1 节，图 2' } },
    },
    {
      id: 'two-paths',
      shows: ['unit', 'counts'],
      question: { options: ['two', 'three', 'six'], right: 'two', asked: 'before' },
      checks: [
        {
          id: 'kinds',
          values: {
            keep: { kind: 'units', that: 'keep-shape' },
            change: { kind: 'units', that: 'change-shape' },
            parameters: { kind: 'parameters' },
            work: { kind: 'multiply-adds' },
          },
          holds: [],
        },
      ],
    },
    {
      id: 'train',
      shows: ['unit', 'loss'],
      action: { kind: 'train', steps: 40 },
      question: { options: ['ten', 'log-ten', 'one'], right: 'log-ten', asked: 'before' },
      checks: [
        {
          id: 'learns',
          values: {
            first: { kind: 'loss', at: 'first' },
            last: { kind: 'loss', at: 'last', over: 5 },
            accuracy: { kind: 'accuracy', of: 'validation' },
          },
          holds: [{ left: 'last', is: 'below', right: 'first' }],
        },
      ],
    },
    {
      id: 'cut',
      setup: {
        kind: 'lanes',
        lanes: [
          { name: { en: 'residual', zh: '残差' } },
          { name: { en: 'plain', zh: '普通' }, model: { shortcut: { kind: 'none' } } },
        ],
      },
      shows: ['unit', 'loss'],
      action: { kind: 'train', steps: 40 },
      question: { options: ['fewer', 'same', 'more'], right: 'same', asked: 'before' },
      checks: [
        {
          id: 'same-weights',
          values: {
            residual: { kind: 'parameters', lane: 0 },
            plain: { kind: 'parameters', lane: 1 },
            shared: { kind: 'shared-tensors' },
            unequal: { kind: 'unequal-tensors' },
          },
          holds: [
            { left: 'residual', is: 'equal', right: 'plain' },
            { left: 'unequal', is: 'equal', right: 0 },
          ],
        },
        {
          id: 'faster',
          values: {
            residual: { kind: 'loss', at: 'last', over: 5, lane: 0 },
            plain: { kind: 'loss', at: 'last', over: 5, lane: 1 },
          },
          holds: [{ left: 'residual', is: 'below', right: 'plain' }],
        },
      ],
    },
    {
      id: 'signal',
      setup: { kind: 'run' },
      shows: ['unit', 'meter'],
      action: { kind: 'measure' },
      checks: [
        {
          id: 'share',
          values: {
            input: { kind: 'meter', at: 'last', of: 'x', unit: 'first' },
            output: { kind: 'meter', at: 'last', of: 'x', unit: 'last' },
            least: { kind: 'meter', at: 'last', of: 'fOverX', unit: 'smallest' },
            most: { kind: 'meter', at: 'last', of: 'fOverX', unit: 'largest' },
          },
          holds: [],
        },
      ],
    },
  ],
}
