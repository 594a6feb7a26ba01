import type { Lesson } from '../lesson'
import { FOUR_A_STAGE, V2 } from '../setup'

const V2_NET = { ...V2, ...FOUR_A_STAGE }

export const lesson: Lesson = {
  steps: [
    {
      id: 'two-identities',
      setup: { kind: 'run', model: V2_NET },
      shows: ['unit'],
      question: { options: ['h', 'f', 'both'], right: 'f', asked: 'after' },
      paper: { source: 'he-2016', place: { en: 'Equations 1 to 3', zh: '式 1 至 3' } },
    },
    {
      id: 'forward',
      shows: ['unit', 'meter'],
      question: { options: ['start', 'always', 'trained'], right: 'always', asked: 'before' },
      action: { kind: 'train', steps: 27, meter: 13 },
      checks: [
        {
          id: 'exact',
          values: {
            first: { kind: 'defect', at: 'first', stage: 'largest' },
            last: { kind: 'defect', at: 'last', stage: 'largest' },
          },
          holds: [
            { left: 'first', is: 'below', right: 1e-5 },
            { left: 'last', is: 'below', right: 1e-5 },
          ],
        },
      ],
      paper: { source: 'he-2016', place: { en: 'Equation 4', zh: '式 4' } },
    },
    {
      id: 'relu-in-the-way',
      setup: {
        kind: 'lanes',
        model: FOUR_A_STAGE,
        lanes: [{ name: 'v1' }, { name: 'v2', model: V2 }],
      },
      shows: ['unit', 'meter'],
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
        {
          id: 'masked',
          values: {
            least: { kind: 'meter', at: 'last', of: 'kept', unit: 'smallest', lane: 0 },
            most: { kind: 'meter', at: 'last', of: 'kept', unit: 'largest', lane: 0 },
          },
          holds: [{ left: 'least', is: 'below', right: 1 }],
        },
      ],
      question: {
        options: ['bug', 'approximation', 'rounding'],
        right: 'approximation',
        asked: 'after',
      },
    },
    {
      id: 'backward',
      setup: { kind: 'run', model: V2_NET },
      shows: ['unit', 'meter'],
      action: { kind: 'measure' },
      checks: [
        {
          id: 'parts',
          values: {
            gradient: { kind: 'meter', at: 'last', of: 'gradient', unit: 1 },
            direct: { kind: 'meter', at: 'last', of: 'direct', unit: 1 },
            through: { kind: 'meter', at: 'last', of: 'throughWeights', unit: 1 },
            cosine: { kind: 'meter', at: 'last', of: 'cosine', unit: 1 },
            path: { kind: 'meter', at: 'last', of: 'measured', unit: 1 },
          },
          holds: [
            { left: 'path', is: 'above', right: 0.999 },
            { left: 'path', is: 'below', right: 1.001 },
          ],
        },
      ],
      question: { options: ['small', 'minus-one', 'zero'], right: 'minus-one', asked: 'after' },
      paper: { source: 'he-2016', place: { en: 'Equation 5', zh: '式 5' } },
    },
    {
      id: 'product',
      setup: {
        kind: 'lanes',
        model: V2_NET,
        lanes: [
          { name: { en: 'identity', zh: '恒等映射' } },
          {
            name: 'λ = 0.5',
            model: { shortcut: { kind: 'scaling', shortcut: 0.5, residual: 1 } },
          },
        ],
      },
      shows: ['unit', 'meter'],
      question: { options: ['half', 'eighth', 'sixteenth'], right: 'eighth', asked: 'before' },
      action: { kind: 'measure' },
      checks: [
        {
          id: 'path',
          values: {
            identity: { kind: 'meter', at: 'last', of: 'measured', unit: 1, lane: 0 },
            predicted: { kind: 'meter', at: 'last', of: 'predicted', unit: 1, lane: 1 },
            measured: { kind: 'meter', at: 'last', of: 'measured', unit: 1, lane: 1 },
          },
          holds: [
            { left: 'measured', is: 'above', right: 'predicted', factor: 0.999 },
            { left: 'measured', is: 'below', right: 'predicted', factor: 1.001 },
          ],
        },
      ],
      paper: { source: 'he-2016', place: { en: 'Equations 6 to 8', zh: '式 6 至 8' } },
    },
    {
      id: 'limits',
      setup: { kind: 'run', model: V2_NET },
      shows: ['unit', 'counts'],
      checks: [
        {
          id: 'kinds',
          values: {
            keep: { kind: 'units', that: 'keep-shape' },
            change: { kind: 'units', that: 'change-shape' },
          },
          holds: [],
        },
      ],
      question: { options: ['net', 'stage', 'nowhere'], right: 'stage', asked: 'after' },
      paper: { source: 'he-2016', place: { en: 'Section 2, footnote', zh: '第 2 节脚注' } },
    },
  ],
}
