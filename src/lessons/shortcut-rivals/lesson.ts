import type { Shortcut } from '../../models/spec'
import type { Label, Lesson } from '../lesson'
import { FOUR_A_STAGE } from '../setup'

function lane(name: Label, shortcut: Shortcut = { kind: 'identity' }) {
  return { name, model: { shortcut } }
}

const IDENTITY = lane({ en: 'identity', zh: '恒等映射' })
const SCALING = lane(
  { en: 'scaling 0.5, 0.5', zh: '缩放 0.5、0.5' },
  { kind: 'scaling', shortcut: 0.5, residual: 0.5 },
)
const EXCLUSIVE = lane(
  { en: 'exclusive gate, −6', zh: '互斥门控，−6' },
  { kind: 'exclusive-gate', bias: -6 },
)
const SHORTCUT_GATE = lane(
  { en: 'shortcut-only gate, −6', zh: '仅捷径门控，−6' },
  { kind: 'shortcut-gate', bias: -6 },
)
const OPEN_GATE = lane(
  { en: 'shortcut-only gate, 0', zh: '仅捷径门控，0' },
  { kind: 'shortcut-gate', bias: 0 },
)
const CONV = lane({ en: '1×1 conv', zh: '1×1 卷积' }, { kind: 'conv1x1' })
const DROPOUT = lane({ en: 'dropout 0.5', zh: 'dropout 0.5' }, { kind: 'dropout', rate: 0.5 })

export const lesson: Lesson = {
  steps: [
    {
      id: 'rivals',
      setup: {
        kind: 'lanes',
        lanes: [IDENTITY, SCALING, EXCLUSIVE, SHORTCUT_GATE, CONV, DROPOUT],
      },
      shows: ['unit', 'counts'],
      question: { options: ['better', 'equal', 'harder'], right: 'harder', asked: 'after' },
      checks: [
        {
          id: 'parameters',
          values: {
            identity: { kind: 'parameters', lane: 0 },
            gate: { kind: 'parameters', lane: 2 },
            conv: { kind: 'parameters', lane: 4 },
          },
          holds: [
            { left: 'gate', is: 'above', right: 'identity' },
            { left: 'conv', is: 'above', right: 'identity' },
          ],
        },
      ],
      paper: {
        source: 'he-2016',
        place: { en: 'Table 1', zh: '表 1' },
        figures: [
          { label: IDENTITY.name, value: 6.61, printed: '6.61 %' },
          { label: SHORTCUT_GATE.name, value: 6.91, printed: '6.91 %' },
          { label: EXCLUSIVE.name, value: 8.7, printed: '8.70 %' },
          { label: CONV.name, value: 12.22, printed: '12.22 %' },
          { label: SCALING.name, value: 12.35, printed: '12.35 %' },
        ],
      },
    },
    {
      id: 'scaling',
      setup: { kind: 'lanes', model: FOUR_A_STAGE, lanes: [IDENTITY, SCALING] },
      shows: ['unit', 'meter'],
      action: { kind: 'measure' },
      checks: [
        {
          id: 'path',
          values: {
            identity: { kind: 'meter', at: 'last', of: 'measured', unit: 'first', lane: 0 },
            predicted: { kind: 'meter', at: 'last', of: 'predicted', unit: 'first', lane: 1 },
            measured: { kind: 'meter', at: 'last', of: 'measured', unit: 'first', lane: 1 },
          },
          holds: [
            { left: 'predicted', is: 'equal', right: 0.0625 },
            { left: 'measured', is: 'below', right: 'predicted', factor: 1.001 },
          ],
        },
      ],
      question: { options: ['18', '54', '4'], right: '18', asked: 'after' },
      paper: { source: 'he-2016', place: { en: 'Section 3.1, Table 1', zh: '第 3.1 节，表 1' } },
    },
    {
      id: 'gates',
      setup: {
        kind: 'lanes',
        model: FOUR_A_STAGE,
        lanes: [EXCLUSIVE, SHORTCUT_GATE, OPEN_GATE],
      },
      shows: ['unit', 'meter', 'loss'],
      question: { options: ['nothing', 'branch', 'shortcut'], right: 'branch', asked: 'before' },
      action: { kind: 'train', steps: 40, meter: 39 },
      checks: [
        {
          id: 'open',
          values: {
            closed: { kind: 'meter', at: 'first', of: 'gate', unit: 'first', lane: 0 },
            open: { kind: 'meter', at: 'first', of: 'gate', unit: 'first', lane: 2 },
            'closed-path': { kind: 'meter', at: 'first', of: 'predicted', unit: 'first', lane: 0 },
            'open-path': { kind: 'meter', at: 'first', of: 'predicted', unit: 'first', lane: 2 },
          },
          holds: [
            { left: 'closed', is: 'below', right: 0.1 },
            { left: 'closed-path', is: 'above', right: 'open-path' },
          ],
        },
        {
          id: 'learns',
          values: {
            exclusive: {
              kind: 'difference',
              of: { kind: 'loss', at: 'first', over: 5, lane: 0 },
              to: { kind: 'loss', at: 'last', over: 5, lane: 0 },
            },
            shortcut: {
              kind: 'difference',
              of: { kind: 'loss', at: 'first', over: 5, lane: 1 },
              to: { kind: 'loss', at: 'last', over: 5, lane: 1 },
            },
          },
          holds: [{ left: 'shortcut', is: 'above', right: 'exclusive' }],
        },
      ],
      paper: { source: 'he-2016', place: { en: 'Section 3.1, Table 1', zh: '第 3.1 节，表 1' } },
    },
    {
      id: 'convolution',
      setup: { kind: 'lanes', model: FOUR_A_STAGE, lanes: [IDENTITY, CONV] },
      shows: ['unit', 'counts', 'meter'],
      action: { kind: 'measure' },
      checks: [
        {
          id: 'path',
          values: {
            identity: { kind: 'meter', at: 'last', of: 'measured', unit: 'first', lane: 0 },
            conv: { kind: 'meter', at: 'last', of: 'measured', unit: 'first', lane: 1 },
          },
          holds: [],
        },
      ],
      question: { options: ['few', 'depth', 'never'], right: 'depth', asked: 'after' },
      paper: { source: 'he-2016', place: { en: 'Section 3.1, Table 1', zh: '第 3.1 节，表 1' } },
    },
    {
      id: 'dropout',
      setup: { kind: 'lanes', model: FOUR_A_STAGE, lanes: [IDENTITY, DROPOUT] },
      shows: ['unit', 'meter'],
      question: { options: ['half', 'sixteenth', 'all'], right: 'sixteenth', asked: 'before' },
      action: { kind: 'measure' },
      checks: [
        {
          id: 'path',
          values: {
            identity: { kind: 'meter', at: 'last', of: 'measured', unit: 'first', lane: 0 },
            predicted: { kind: 'meter', at: 'last', of: 'predicted', unit: 'first', lane: 1 },
            measured: { kind: 'meter', at: 'last', of: 'measured', unit: 'first', lane: 1 },
          },
          holds: [{ left: 'measured', is: 'above', right: 'identity' }],
        },
      ],
      paper: { source: 'he-2016', place: { en: 'Section 3.1, Table 1', zh: '第 3.1 节，表 1' } },
    },
    {
      id: 'race',
      setup: {
        kind: 'lanes',
        lanes: [IDENTITY, SCALING, EXCLUSIVE, SHORTCUT_GATE, CONV, DROPOUT],
      },
      shows: ['loss', 'counts'],
      action: { kind: 'train', steps: 40 },
      checks: [
        {
          id: 'losses',
          values: {
            identity: { kind: 'loss', at: 'last', over: 10, lane: 0 },
            scaling: { kind: 'loss', at: 'last', over: 10, lane: 1 },
            exclusive: { kind: 'loss', at: 'last', over: 10, lane: 2 },
            'shortcut-gate': { kind: 'loss', at: 'last', over: 10, lane: 3 },
            conv: { kind: 'loss', at: 'last', over: 10, lane: 4 },
            dropout: { kind: 'loss', at: 'last', over: 10, lane: 5 },
          },
          holds: [{ left: 'exclusive', is: 'above', right: 'identity' }],
        },
      ],
      question: { options: ['reproduced', 'start', 'nothing'], right: 'start', asked: 'after' },
    },
  ],
}
