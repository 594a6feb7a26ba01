import type { Lesson } from '../lesson'
import { BOTTLENECK, IMAGENET, V1_5, V2 } from '../setup'

const RESNET_50 = { ...IMAGENET, units: [3, 4, 6, 3] }

export const lesson: Lesson = {
  steps: [
    {
      id: 'where',
      setup: {
        kind: 'lanes',
        model: BOTTLENECK,
        lanes: [{ name: 'v1' }, { name: 'v1.5', model: V1_5 }],
      },
      shows: ['unit'],
      question: { options: ['quarter', 'average', 'all'], right: 'quarter', asked: 'after' },
    },
    {
      id: 'cost',
      setup: {
        kind: 'lanes',
        model: RESNET_50,
        lanes: [{ name: 'ResNet-50 v1' }, { name: 'ResNet-50 v1.5', model: V1_5 }],
      },
      shows: ['unit', 'counts'],
      question: { options: ['first', 'middle', 'shortcut'], right: 'first', asked: 'before' },
      checks: [
        {
          id: 'counted',
          values: {
            v1: { kind: 'parameters', lane: 0 },
            moved: { kind: 'parameters', lane: 1 },
            work: {
              kind: 'ratio',
              of: { kind: 'multiply-adds', lane: 1 },
              to: { kind: 'multiply-adds', lane: 0 },
            },
          },
          holds: [
            { left: 'v1', is: 'equal', right: 'moved' },
            { left: 'work', is: 'above', right: 1.05 },
            { left: 'work', is: 'below', right: 1.07 },
          ],
        },
      ],
      paper: { source: 'tensorflow-resnet', place: 'README' },
    },
    {
      id: 'same-tensors',
      setup: {
        kind: 'lanes',
        model: BOTTLENECK,
        lanes: [{ name: 'v1' }, { name: 'v1.5', model: V1_5 }],
      },
      shows: ['unit', 'counts', 'loss'],
      action: { kind: 'train', steps: 30 },
      question: { options: ['fails', 'silent', 'same'], right: 'silent', asked: 'before' },
      checks: [
        {
          id: 'start',
          values: {
            shared: { kind: 'shared-tensors' },
            unequal: { kind: 'unequal-tensors' },
            v1: { kind: 'loss', at: 'first', lane: 0 },
            moved: { kind: 'loss', at: 'first', lane: 1 },
            difference: {
              kind: 'difference',
              of: { kind: 'loss', at: 'first', lane: 1 },
              to: { kind: 'loss', at: 'first', lane: 0 },
            },
          },
          holds: [{ left: 'unequal', is: 'equal', right: 0 }],
        },
        {
          id: 'time',
          values: {
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
          holds: [],
        },
      ],
    },
    {
      id: 'buys',
      setup: {
        kind: 'lanes',
        model: RESNET_50,
        lanes: [{ name: 'ResNet-50 v1' }, { name: 'ResNet-50 v1.5', model: V1_5 }],
      },
      shows: ['unit', 'counts'],
      question: { options: ['yes', 'depends', 'no'], right: 'depends', asked: 'after' },
      paper: { source: 'nvidia-resnet', place: { en: 'Model description', zh: '模型说明' } },
    },
    {
      id: 'basic-units',
      setup: {
        kind: 'lanes',
        lanes: [{ name: 'v1' }, { name: 'v1.5', model: V1_5 }],
      },
      shows: ['unit', 'counts', 'loss'],
      action: { kind: 'train', steps: 20 },
      question: { options: ['better', 'same', 'slower'], right: 'same', asked: 'before' },
      checks: [
        {
          id: 'same',
          values: {
            v1: { kind: 'loss', at: 'last', lane: 0 },
            moved: { kind: 'loss', at: 'last', lane: 1 },
          },
          holds: [{ left: 'v1', is: 'equal', right: 'moved' }],
        },
      ],
    },
    {
      id: 'names',
      setup: {
        kind: 'lanes',
        model: { ...RESNET_50, ...V2 },
        lanes: [
          { name: { en: 'v2, stride in the 1×1', zh: 'v2，步幅在 1×1' } },
          { name: { en: 'v2, stride in the 3×3', zh: 'v2，步幅在 3×3' }, model: V1_5 },
        ],
      },
      shows: ['unit', 'counts'],
      checks: [
        {
          id: 'two-nets',
          values: {
            work: {
              kind: 'ratio',
              of: { kind: 'multiply-adds', lane: 1 },
              to: { kind: 'multiply-adds', lane: 0 },
            },
          },
          holds: [{ left: 'work', is: 'above', right: 1 }],
        },
      ],
      question: { options: ['accuracy', 'source', 'both'], right: 'both', asked: 'after' },
    },
  ],
}
