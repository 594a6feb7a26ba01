import type { ModelSpec } from '../../models/spec'
import type { Lesson } from '../lesson'
import { IMAGENET, PAPER_WIDTHS } from '../setup'

const RESNET_20 = { ...PAPER_WIDTHS, units: [3, 3, 3] }

/** One stage of 256 channels, of units of either kind. */
const STAGE = { stemWidth: 256, widths: [256], units: [1] }
const BOTTLENECK: Partial<ModelSpec> = { block: 'bottleneck', widths: [64] }

export const lesson: Lesson = {
  steps: [
    {
      id: 'basic',
      setup: {
        kind: 'lanes',
        model: RESNET_20,
        lanes: [
          { name: 'ResNet-20' },
          {
            name: { en: 'one unit more', zh: '多一个单元' },
            model: { units: [4, 3, 3] },
          },
        ],
      },
      shows: ['unit'],
      question: { options: ['288', '2304', '4608'], right: '4608', asked: 'before' },
      checks: [
        {
          id: 'unit',
          values: {
            more: {
              kind: 'difference',
              of: { kind: 'parameters', lane: 1 },
              to: { kind: 'parameters', lane: 0 },
            },
          },
          holds: [{ left: 'more', is: 'equal', right: 4672 }],
        },
      ],
    },
    {
      id: 'depth',
      setup: { kind: 'run', model: RESNET_20 },
      shows: ['counts', 'unit'],
      question: { options: ['17', '18', '36'], right: '18', asked: 'after' },
      checks: [
        {
          id: 'counted',
          values: {
            depth: { kind: 'depth' },
            parameters: { kind: 'parameters' },
            work: { kind: 'multiply-adds' },
          },
          holds: [{ left: 'depth', is: 'equal', right: 20 }],
        },
      ],
      paper: {
        source: 'he-2015',
        place: { en: 'Table 6', zh: '表 6' },
        figures: [
          { label: 'ResNet-20', value: 8.75, printed: '8.75 %' },
          { label: 'ResNet-32', value: 7.51, printed: '7.51 %' },
          { label: 'ResNet-44', value: 7.17, printed: '7.17 %' },
          { label: 'ResNet-56', value: 6.97, printed: '6.97 %' },
          { label: 'ResNet-110', value: 6.43, printed: '6.43 %' },
        ],
      },
    },
    {
      id: 'projection',
      setup: {
        kind: 'lanes',
        model: RESNET_20,
        lanes: [
          { name: { en: 'A: zeros', zh: 'A：补零' } },
          { name: { en: 'B: 1×1 conv', zh: 'B：1×1 卷积' }, model: { projection: 'B' } },
        ],
      },
      shows: ['unit', 'counts'],
      question: { options: ['accuracy', 'fair', 'memory'], right: 'fair', asked: 'after' },
      checks: [
        {
          id: 'cost',
          values: {
            more: {
              kind: 'difference',
              of: { kind: 'parameters', lane: 1 },
              to: { kind: 'parameters', lane: 0 },
            },
          },
          holds: [{ left: 'more', is: 'equal', right: 2752 }],
        },
      ],
      paper: { source: 'he-2015', place: { en: 'Sections 4.1 and 4.2', zh: '第 4.1 和 4.2 节' } },
    },
    {
      id: 'bottleneck',
      setup: {
        kind: 'lanes',
        lanes: [
          { name: { en: 'basic: 1 unit', zh: '基本：1 个单元' }, model: STAGE },
          { name: { en: 'basic: 2 units', zh: '基本：2 个单元' }, model: { ...STAGE, units: [2] } },
          {
            name: { en: 'bottleneck: 1 unit', zh: '瓶颈：1 个单元' },
            model: { ...STAGE, ...BOTTLENECK },
          },
          {
            name: { en: 'bottleneck: 2 units', zh: '瓶颈：2 个单元' },
            model: { ...STAGE, ...BOTTLENECK, units: [2] },
          },
        ],
      },
      shows: ['unit'],
      question: { options: ['same', 'four', 'seventeen'], right: 'seventeen', asked: 'before' },
      checks: [
        {
          id: 'unit',
          values: {
            basic: {
              kind: 'difference',
              of: { kind: 'parameters', lane: 1 },
              to: { kind: 'parameters', lane: 0 },
            },
            bottleneck: {
              kind: 'difference',
              of: { kind: 'parameters', lane: 3 },
              to: { kind: 'parameters', lane: 2 },
            },
          },
          holds: [
            { left: 'basic', is: 'equal', right: 1_180_672 },
            { left: 'bottleneck', is: 'equal', right: 70_400 },
          ],
        },
      ],
      paper: { source: 'he-2015', place: { en: 'Figure 5', zh: '图 5' } },
    },
    {
      id: 'imagenet',
      setup: {
        kind: 'run',
        model: { ...IMAGENET, units: [3, 4, 6, 3] },
      },
      shows: ['unit', 'counts'],
      question: { options: ['224', '112', '56'], right: '56', asked: 'before' },
      checks: [
        {
          id: 'counted',
          values: { depth: { kind: 'depth' }, parameters: { kind: 'parameters' } },
          holds: [
            { left: 'depth', is: 'equal', right: 50 },
            { left: 'parameters', is: 'equal', right: 25_557_032 },
          ],
        },
      ],
      paper: { source: 'he-2015', place: { en: 'Table 1', zh: '表 1' } },
    },
    {
      id: 'train',
      setup: {
        kind: 'lanes',
        model: { projection: 'B' },
        lanes: [
          { name: { en: 'basic', zh: '基本' }, model: { units: [3, 3, 3] } },
          { name: { en: 'bottleneck', zh: '瓶颈' }, model: { block: 'bottleneck' } },
        ],
      },
      shows: ['unit', 'counts', 'loss'],
      action: { kind: 'train', steps: 40 },
      checks: [
        {
          id: 'learns',
          values: {
            depth: { kind: 'depth', lane: 0 },
            'basic-first': { kind: 'loss', at: 'first', lane: 0 },
            'basic-last': { kind: 'loss', at: 'last', over: 10, lane: 0 },
            'bottleneck-first': { kind: 'loss', at: 'first', lane: 1 },
            'bottleneck-last': { kind: 'loss', at: 'last', over: 10, lane: 1 },
          },
          holds: [
            { left: 'basic-last', is: 'below', right: 'basic-first' },
            { left: 'bottleneck-last', is: 'below', right: 'bottleneck-first' },
          ],
        },
      ],
      question: { options: ['bottleneck', 'nothing', 'basic'], right: 'nothing', asked: 'after' },
    },
  ],
}
