import type { Lesson } from '../lesson'
import { BOTTLENECK, FOUR_A_STAGE, IMAGENET, PAPER_WIDTHS, V1_5, V2 } from '../setup'

export const lesson: Lesson = {
  steps: [
    {
      id: 'count',
      setup: {
        kind: 'lanes',
        model: { ...PAPER_WIDTHS, ...V2, ...V1_5 },
        lanes: [
          { name: 'ResNet-110', model: { units: [18, 18, 18] } },
          { name: 'ResNet-164', model: { ...BOTTLENECK, units: [18, 18, 18] } },
          { name: 'ResNet-1001', model: { ...BOTTLENECK, units: [111, 111, 111] } },
        ],
      },
      shows: ['unit'],
      question: { options: ['110', '164', 'equal'], right: '110', asked: 'before' },
      checks: [
        {
          id: 'counted',
          values: {
            basic: { kind: 'parameters', lane: 0 },
            bottleneck: { kind: 'parameters', lane: 1 },
            depth: { kind: 'depth', lane: 2 },
            deepest: { kind: 'parameters', lane: 2 },
          },
          holds: [
            { left: 'basic', is: 'equal', right: 1_727_962 },
            { left: 'bottleneck', is: 'equal', right: 1_703_258 },
            { left: 'depth', is: 'equal', right: 1001 },
            { left: 'deepest', is: 'equal', right: 10_327_706 },
          ],
        },
      ],
    },
    {
      id: 'path',
      setup: {
        kind: 'lanes',
        lanes: [
          { name: { en: 'v1, 26 layers', zh: 'v1，26 层' }, model: FOUR_A_STAGE },
          { name: { en: 'v1, 56 layers', zh: 'v1，56 层' }, model: { units: [9, 9, 9] } },
          {
            name: { en: 'v2, 56 layers', zh: 'v2，56 层' },
            model: { ...V2, units: [9, 9, 9] },
          },
        ],
      },
      shows: ['unit', 'meter'],
      question: { options: ['same', 'less', 'more'], right: 'less', asked: 'before' },
      action: { kind: 'measure' },
      checks: [
        {
          id: 'path',
          values: {
            three: { kind: 'meter', at: 'last', of: 'measured', unit: 1, lane: 0 },
            eight: { kind: 'meter', at: 'last', of: 'measured', unit: 1, lane: 1 },
            v2: { kind: 'meter', at: 'last', of: 'measured', unit: 1, lane: 2 },
          },
          holds: [
            { left: 'eight', is: 'below', right: 'three' },
            { left: 'v2', is: 'above', right: 0.999 },
            { left: 'v2', is: 'below', right: 1.001 },
          ],
        },
      ],
      paper: { source: 'he-2016', place: { en: 'Section 4.2, Figure 1', zh: '第 4.2 节，图 1' } },
    },
    {
      id: 'start',
      setup: {
        kind: 'lanes',
        model: { units: [9, 9, 9] },
        lanes: [
          { name: { en: 'v1, 56 layers', zh: 'v1，56 层' } },
          { name: { en: 'v2, 56 layers', zh: 'v2，56 层' }, model: V2 },
        ],
      },
      shows: ['loss', 'unit'],
      action: { kind: 'train', steps: 20 },
      checks: [
        {
          id: 'first',
          values: {
            v1: { kind: 'loss', at: 'first', lane: 0 },
            v2: { kind: 'loss', at: 'first', lane: 1 },
          },
          holds: [{ left: 'v1', is: 'above', right: 'v2' }],
        },
        {
          id: 'last',
          values: {
            v1: { kind: 'loss', at: 'last', over: 5, lane: 0 },
            v2: { kind: 'loss', at: 'last', over: 5, lane: 1 },
          },
          holds: [],
        },
      ],
      question: { options: ['luck', 'norm', 'rate'], right: 'norm', asked: 'after' },
      paper: { source: 'he-2015', place: { en: 'Section 4.2', zh: '第 4.2 节' } },
    },
    {
      id: 'regularises',
      shows: ['unit', 'meter'],
      action: { kind: 'measure' },
      checks: [
        {
          id: 'input',
          values: {
            before: { kind: 'meter', at: 'last', of: 'x', unit: 'first', lane: 0 },
            after: { kind: 'meter', at: 'last', of: 'output', unit: 8, lane: 0 },
          },
          holds: [{ left: 'after', is: 'above', right: 'before' }],
        },
      ],
      question: {
        options: ['faster', 'regularised', 'worse'],
        right: 'regularised',
        asked: 'after',
      },
      paper: { source: 'he-2016', place: { en: 'Section 4.2, Figure 6', zh: '第 4.2 节，图 6' } },
    },
    {
      id: 'results',
      shows: ['unit'],
      question: { options: ['110', '164', '1001'], right: '1001', asked: 'after' },
      paper: {
        source: 'he-2016',
        place: { en: 'Table 3', zh: '表 3' },
        figures: [
          { label: 'ResNet-110 v1', value: 6.61, printed: '6.61 %' },
          { label: 'ResNet-110 v2', value: 6.37, printed: '6.37 %' },
          { label: 'ResNet-164 v1', value: 5.93, printed: '5.93 %' },
          { label: 'ResNet-164 v2', value: 5.46, printed: '5.46 %' },
          { label: 'ResNet-1001 v1', value: 7.61, printed: '7.61 %' },
          { label: 'ResNet-1001 v2', value: 4.92, printed: '4.92 %' },
        ],
      },
    },
    {
      id: 'imagenet',
      setup: {
        kind: 'lanes',
        model: IMAGENET,
        lanes: [
          { name: 'ResNet-152 v1', model: { units: [3, 8, 36, 3] } },
          { name: 'ResNet-200 v1', model: { units: [3, 24, 36, 3] } },
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
            { left: 'less', is: 'equal', right: 60_192_808 },
            { left: 'more', is: 'equal', right: 64_673_832 },
          ],
        },
      ],
      question: { options: ['optimise', 'overfits', 'seed'], right: 'overfits', asked: 'after' },
      paper: {
        source: 'he-2016',
        place: { en: 'Table 5', zh: '表 5' },
        figures: [
          { label: 'ResNet-152 v1', value: 21.3, printed: '21.3 %' },
          { label: 'ResNet-152 v2', value: 21.1, printed: '21.1 %' },
          { label: 'ResNet-200 v1', value: 21.8, printed: '21.8 %' },
          { label: 'ResNet-200 v2', value: 20.7, printed: '20.7 %' },
        ],
      },
    },
  ],
}
