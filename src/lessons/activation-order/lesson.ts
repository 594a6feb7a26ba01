import type { Order } from '../../models/spec'
import type { Label, Lesson } from '../lesson'
import { FOUR_A_STAGE } from '../setup'

function lane(name: Label, order: Order) {
  return { name, model: { order } }
}

const ORIGINAL = lane({ en: 'original', zh: '原始' }, 'original')
const BN_AFTER = lane({ en: 'BN after addition', zh: '加法后 BN' }, 'bn-after-addition')
const RELU_BEFORE = lane({ en: 'ReLU before addition', zh: '加法前 ReLU' }, 'relu-before-addition')
const RELU_ONLY = lane(
  { en: 'ReLU-only pre-activation', zh: '仅 ReLU 预激活' },
  'relu-only-preactivation',
)
const FULL = lane({ en: 'full pre-activation', zh: '完全预激活' }, 'full-preactivation')

export const lesson: Lesson = {
  steps: [
    {
      id: 'five-orders',
      setup: { kind: 'lanes', lanes: [ORIGINAL, BN_AFTER, RELU_BEFORE, RELU_ONLY, FULL] },
      shows: ['unit'],
      question: { options: ['none', 'some', 'all'], right: 'all', asked: 'before' },
      checks: [
        {
          id: 'equal',
          values: {
            original: { kind: 'parameters', lane: 0 },
            bn: { kind: 'parameters', lane: 1 },
            relu: { kind: 'parameters', lane: 2 },
            'relu-only': { kind: 'parameters', lane: 3 },
            full: { kind: 'parameters', lane: 4 },
          },
          holds: [
            { left: 'bn', is: 'equal', right: 'original' },
            { left: 'relu', is: 'equal', right: 'original' },
            { left: 'relu-only', is: 'equal', right: 'original' },
            { left: 'full', is: 'equal', right: 'original' },
          ],
        },
      ],
      paper: {
        source: 'he-2016',
        place: { en: 'Table 2, ResNet-110', zh: '表 2，ResNet-110' },
        figures: [
          { label: ORIGINAL.name, value: 6.61, printed: '6.61 %' },
          { label: BN_AFTER.name, value: 8.17, printed: '8.17 %' },
          { label: RELU_BEFORE.name, value: 7.84, printed: '7.84 %' },
          { label: RELU_ONLY.name, value: 6.71, printed: '6.71 %' },
          { label: FULL.name, value: 6.37, printed: '6.37 %' },
        ],
      },
    },
    {
      id: 'bn-after',
      setup: { kind: 'lanes', model: FOUR_A_STAGE, lanes: [ORIGINAL, BN_AFTER] },
      shows: ['unit', 'meter'],
      question: { options: ['branch', 'both', 'shortcut'], right: 'both', asked: 'before' },
      action: { kind: 'measure' },
      checks: [
        {
          id: 'path',
          values: {
            original: { kind: 'meter', at: 'last', of: 'measured', unit: 'first', lane: 0 },
            bn: { kind: 'meter', at: 'last', of: 'measured', unit: 'first', lane: 1 },
          },
          holds: [{ left: 'bn', is: 'below', right: 'original' }],
        },
      ],
      paper: { source: 'he-2016', place: { en: 'Section 4.1, Table 2', zh: '第 4.1 节，表 2' } },
    },
    {
      id: 'relu-before',
      setup: { kind: 'lanes', model: FOUR_A_STAGE, lanes: [RELU_BEFORE, FULL] },
      shows: ['unit', 'meter'],
      question: { options: ['shrinks', 'grows', 'stays'], right: 'grows', asked: 'before' },
      action: { kind: 'measure' },
      checks: [
        {
          id: 'clean',
          values: {
            relu: { kind: 'defect', at: 'last', stage: 'largest', lane: 0 },
            full: { kind: 'defect', at: 'last', stage: 'largest', lane: 1 },
          },
          holds: [
            { left: 'relu', is: 'below', right: 1e-5 },
            { left: 'full', is: 'below', right: 1e-5 },
          ],
        },
        {
          id: 'growth',
          values: {
            'relu-in': { kind: 'meter', at: 'last', of: 'x', unit: 'first', lane: 0 },
            'relu-out': { kind: 'meter', at: 'last', of: 'output', unit: 3, lane: 0 },
            relu: {
              kind: 'ratio',
              of: { kind: 'meter', at: 'last', of: 'output', unit: 3, lane: 0 },
              to: { kind: 'meter', at: 'last', of: 'x', unit: 'first', lane: 0 },
            },
          },
          holds: [{ left: 'relu', is: 'above', right: 1 }],
        },
      ],
      paper: { source: 'he-2016', place: { en: 'Section 4.1, Table 2', zh: '第 4.1 节，表 2' } },
    },
    {
      id: 'pre-activation',
      setup: { kind: 'lanes', model: FOUR_A_STAGE, lanes: [RELU_ONLY, FULL] },
      shows: ['unit', 'meter'],
      question: { options: ['all', 'shortcut', 'branch'], right: 'branch', asked: 'before' },
      action: { kind: 'train', steps: 27, meter: 13 },
      checks: [
        {
          id: 'clean',
          values: {
            'relu-only': { kind: 'defect', at: 'last', stage: 'largest', lane: 0 },
            full: { kind: 'defect', at: 'last', stage: 'largest', lane: 1 },
          },
          holds: [
            { left: 'relu-only', is: 'below', right: 1e-5 },
            { left: 'full', is: 'below', right: 1e-5 },
          ],
        },
      ],
      paper: { source: 'he-2016', place: { en: 'Section 4.1, equation 9', zh: '第 4.1 节，式 9' } },
    },
    {
      id: 'normalised',
      setup: { kind: 'lanes', model: FOUR_A_STAGE, lanes: [RELU_ONLY, FULL] },
      shows: ['unit', 'meter'],
      action: { kind: 'measure' },
      checks: [
        {
          id: 'input',
          values: {
            'relu-in': { kind: 'meter', at: 'last', of: 'x', unit: 1, lane: 0 },
            'relu-end': { kind: 'meter', at: 'last', of: 'output', unit: 3, lane: 0 },
            'full-in': { kind: 'meter', at: 'last', of: 'x', unit: 1, lane: 1 },
            'full-end': { kind: 'meter', at: 'last', of: 'output', unit: 3, lane: 1 },
          },
          holds: [
            { left: 'relu-end', is: 'above', right: 'relu-in' },
            { left: 'full-end', is: 'above', right: 'full-in' },
          ],
        },
      ],
      question: { options: ['weights', 'bn', 'nothing'], right: 'bn', asked: 'after' },
      paper: { source: 'he-2016', place: { en: 'Section 4.1, Table 2', zh: '第 4.1 节，表 2' } },
    },
    {
      id: 'race',
      setup: { kind: 'lanes', lanes: [ORIGINAL, BN_AFTER, RELU_BEFORE, RELU_ONLY, FULL] },
      shows: ['loss', 'counts'],
      action: { kind: 'train', steps: 40 },
      checks: [
        {
          id: 'losses',
          values: {
            original: { kind: 'loss', at: 'last', over: 10, lane: 0 },
            bn: { kind: 'loss', at: 'last', over: 10, lane: 1 },
            relu: { kind: 'loss', at: 'last', over: 10, lane: 2 },
            'relu-only': { kind: 'loss', at: 'last', over: 10, lane: 3 },
            full: { kind: 'loss', at: 'last', over: 10, lane: 4 },
          },
          holds: [],
        },
      ],
      question: { options: ['winner', 'seeds', 'steps'], right: 'seeds', asked: 'after' },
      paper: {
        source: 'he-2016',
        place: { en: 'Table 2, ResNet-164', zh: '表 2，ResNet-164' },
        figures: [
          { label: ORIGINAL.name, value: 5.93, printed: '5.93 %' },
          { label: BN_AFTER.name, value: 6.5, printed: '6.50 %' },
          { label: RELU_BEFORE.name, value: 6.14, printed: '6.14 %' },
          { label: RELU_ONLY.name, value: 5.91, printed: '5.91 %' },
          { label: FULL.name, value: 5.46, printed: '5.46 %' },
        ],
      },
    },
  ],
}
