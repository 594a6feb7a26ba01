import type { Lesson } from '../lesson'
import { V2 } from '../setup'

export const lesson: Lesson = {
  steps: [
    {
      id: 'one-curve',
      setup: { kind: 'run' },
      shows: ['loss'],
      question: { options: ['last', 'mean', 'lowest'], right: 'mean', asked: 'before' },
      action: { kind: 'train', steps: 40 },
      checks: [
        {
          id: 'noise',
          values: {
            last: { kind: 'loss', at: 'last' },
            mean: { kind: 'loss', at: 'last', over: 10 },
            difference: {
              kind: 'difference',
              of: { kind: 'loss', at: 'last' },
              to: { kind: 'loss', at: 'last', over: 10 },
            },
          },
          holds: [],
        },
      ],
    },
    {
      id: 'pictures',
      shows: ['accuracy', 'loss'],
      checks: [
        {
          id: 'accuracy',
          values: { accuracy: { kind: 'accuracy', of: 'validation' } },
          holds: [],
        },
      ],
      question: { options: ['third', 'three', 'ten'], right: 'three', asked: 'after' },
    },
    {
      id: 'seeds',
      setup: {
        kind: 'lanes',
        lanes: [{ name: 'v1' }, { name: 'v2', model: V2 }],
        train: { steps: 40 },
        seeds: 3,
      },
      shows: ['loss', 'unit'],
      question: { options: ['net', 'seed', 'equal'], right: 'seed', asked: 'before' },
      action: { kind: 'train', steps: 40 },
      checks: [
        {
          id: 'spread',
          values: {
            v1: { kind: 'loss', at: 'last', over: 10, lane: 0 },
            v2: { kind: 'loss', at: 'last', over: 10, lane: 1 },
            difference: {
              kind: 'difference',
              of: { kind: 'loss', at: 'last', over: 10, lane: 1 },
              to: { kind: 'loss', at: 'last', over: 10, lane: 0 },
            },
            spread: { kind: 'spread', of: { kind: 'loss', at: 'last', over: 10, lane: 0 } },
          },
          holds: [
            { left: 'difference', is: 'below', right: 'spread' },
            { left: 'difference', is: 'above', right: 'spread', factor: -1 },
          ],
        },
      ],
      paper: {
        source: 'he-2015',
        place: { en: 'Table 6, ResNet-110', zh: '表 6，ResNet-110' },
        figures: [
          { label: { en: 'best of five', zh: '五次中最好' }, value: 6.43, printed: '6.43 %' },
          {
            label: { en: 'mean of five', zh: '五次的均值' },
            value: 6.61,
            printed: '6.61 ± 0.16 %',
          },
        ],
      },
    },
    {
      id: 'fair',
      setup: {
        kind: 'lanes',
        lanes: [
          { name: { en: '14 layers', zh: '14 层' } },
          { name: { en: '32 layers', zh: '32 层' }, model: { units: [5, 5, 5] } },
        ],
      },
      shows: ['counts', 'loss'],
      action: { kind: 'train', steps: 20 },
      checks: [
        {
          id: 'cost',
          values: {
            shared: { kind: 'shared-tensors' },
            unequal: { kind: 'unequal-tensors' },
            work: {
              kind: 'ratio',
              of: { kind: 'multiply-adds', lane: 1 },
              to: { kind: 'multiply-adds', lane: 0 },
            },
            time: {
              kind: 'ratio',
              of: { kind: 'step-ms', lane: 1 },
              to: { kind: 'step-ms', lane: 0 },
            },
          },
          holds: [
            { left: 'unequal', is: 'equal', right: 0 },
            { left: 'work', is: 'above', right: 2 },
          ],
        },
      ],
      question: { options: ['deep', 'shallow', 'ask'], right: 'ask', asked: 'after' },
    },
    {
      id: 'carries-over',
      setup: { kind: 'lanes', lanes: [{ name: 'v1' }, { name: 'v2', model: V2 }] },
      shows: ['meter', 'unit'],
      question: { options: ['better', 'exact', 'half-point'], right: 'exact', asked: 'before' },
      action: { kind: 'measure' },
      checks: [
        {
          id: 'defect',
          values: {
            v1: { kind: 'defect', at: 'last', stage: 'smallest', lane: 0 },
            v2: { kind: 'defect', at: 'last', stage: 'largest', lane: 1 },
          },
          holds: [
            { left: 'v1', is: 'above', right: 0.01 },
            { left: 'v2', is: 'below', right: 1e-5 },
          ],
        },
      ],
    },
    {
      id: 'report',
      action: { kind: 'open' },
      question: { options: ['accuracy', 'code', 'all'], right: 'all', asked: 'after' },
      paper: { source: 'he-2016', place: { en: 'Tables 1 to 3', zh: '表 1 至 3' } },
    },
  ],
}
