import type { Lesson } from '../lesson'
import { PAPER_WIDTHS } from '../setup'

const PLAIN = { kind: 'none' } as const
const PLAIN_LANES = [
  {
    name: { en: 'plain, 8 layers', zh: '普通，8 层' },
    model: { units: [1, 1, 1], shortcut: PLAIN },
  },
  {
    name: { en: 'plain, 32 layers', zh: '普通，32 层' },
    model: { units: [5, 5, 5], shortcut: PLAIN },
  },
]
const DEEP_LANES = [
  PLAIN_LANES[1]!,
  { name: { en: 'residual, 32 layers', zh: '残差，32 层' }, model: { units: [5, 5, 5] } },
]

export const lesson: Lesson = {
  steps: [
    {
      id: 'argument',
      setup: { kind: 'lanes', lanes: PLAIN_LANES },
      shows: ['unit', 'counts'],
      question: { options: ['shallow', 'deep', 'overfits'], right: 'deep', asked: 'before' },
      checks: [
        {
          id: 'depths',
          values: {
            shallow: { kind: 'depth', lane: 0 },
            deep: { kind: 'depth', lane: 1 },
            more: {
              kind: 'ratio',
              of: { kind: 'parameters', lane: 1 },
              to: { kind: 'parameters', lane: 0 },
            },
          },
          holds: [],
        },
      ],
    },
    {
      id: 'plain',
      shows: ['counts', 'loss'],
      action: { kind: 'train', steps: 40 },
      checks: [
        {
          id: 'gap',
          values: {
            shallow: { kind: 'loss', at: 'last', over: 10, lane: 0 },
            deep: { kind: 'loss', at: 'last', over: 10, lane: 1 },
          },
          holds: [{ left: 'deep', is: 'above', right: 'shallow' }],
        },
      ],
      question: {
        options: ['overfitting', 'capacity', 'neither'],
        right: 'neither',
        asked: 'after',
      },
      paper: {
        source: 'he-2015',
        place: { en: 'Figures 1 and 6, Section 4.2', zh: '图 1 和图 6，第 4.2 节' },
      },
    },
    {
      id: 'gradients',
      shows: ['meter'],
      question: { options: ['zero', 'alive', 'same'], right: 'alive', asked: 'before' },
      action: { kind: 'measure' },
      checks: [
        {
          id: 'alive',
          values: {
            first: { kind: 'meter', at: 'last', of: 'gradient', unit: 'first', lane: 1 },
            last: { kind: 'meter', at: 'last', of: 'gradient', unit: 'last', lane: 1 },
          },
          holds: [{ left: 'first', is: 'above', right: 'last', factor: 0.01 }],
        },
      ],
      paper: { source: 'he-2015', place: { en: 'Section 4.1', zh: '第 4.1 节' } },
    },
    {
      id: 'residual',
      setup: { kind: 'lanes', lanes: DEEP_LANES },
      shows: ['unit', 'counts', 'loss'],
      action: { kind: 'train', steps: 40 },
      checks: [
        {
          id: 'fair',
          values: {
            plain: { kind: 'parameters', lane: 0 },
            residual: { kind: 'parameters', lane: 1 },
            unequal: { kind: 'unequal-tensors' },
          },
          holds: [
            { left: 'plain', is: 'equal', right: 'residual' },
            { left: 'unequal', is: 'equal', right: 0 },
          ],
        },
        {
          id: 'ahead',
          values: {
            'plain-first': { kind: 'loss', at: 'first', lane: 0 },
            'residual-first': { kind: 'loss', at: 'first', lane: 1 },
            plain: { kind: 'loss', at: 'last', over: 10, lane: 0 },
            residual: { kind: 'loss', at: 'last', over: 10, lane: 1 },
          },
          holds: [{ left: 'residual', is: 'below', right: 'plain' }],
        },
      ],
      question: { options: ['parameters', 'start', 'path'], right: 'path', asked: 'after' },
      paper: { source: 'he-2015', place: { en: 'Table 6', zh: '表 6' } },
    },
    {
      id: 'small-changes',
      shows: ['meter'],
      action: { kind: 'measure' },
      checks: [
        {
          id: 'share',
          values: {
            second: { kind: 'meter', at: 'last', of: 'fOverX', unit: 1, lane: 1 },
            fifth: { kind: 'meter', at: 'last', of: 'fOverX', unit: 4, lane: 1 },
          },
          holds: [
            { left: 'second', is: 'below', right: 1 },
            { left: 'fifth', is: 'below', right: 'second' },
          ],
        },
      ],
      question: { options: ['rewrite', 'correct', 'copy'], right: 'correct', asked: 'after' },
      paper: { source: 'he-2015', place: { en: 'Figure 7', zh: '图 7' } },
    },
    {
      id: 'limit',
      setup: {
        kind: 'lanes',
        model: PAPER_WIDTHS,
        lanes: [
          { name: 'ResNet-110', model: { units: [18, 18, 18] } },
          { name: 'ResNet-1202', model: { units: [200, 200, 200] } },
        ],
      },
      shows: ['counts'],
      checks: [
        {
          id: 'counted',
          values: {
            less: { kind: 'parameters', lane: 0 },
            more: { kind: 'parameters', lane: 1 },
          },
          holds: [
            { left: 'less', is: 'equal', right: 1_727_962 },
            { left: 'more', is: 'equal', right: 19_421_274 },
          ],
        },
      ],
      question: { options: ['degrades', 'overfits', 'data'], right: 'overfits', asked: 'after' },
      paper: {
        source: 'he-2015',
        place: { en: 'Section 4.2', zh: '第 4.2 节' },
        figures: [
          { label: 'ResNet-110', value: 6.43, printed: '6.43 %' },
          { label: 'ResNet-1202', value: 7.93, printed: '7.93 %' },
        ],
      },
    },
  ],
}
