/** What lessons cite. */
export interface Source {
  authors: string
  title: string
  published: string
  url: string
}

export const SOURCES = {
  'he-2015': {
    authors: 'K. He, X. Zhang, S. Ren, J. Sun',
    title: 'Deep Residual Learning for Image Recognition',
    published: 'arXiv:1512.03385, 2015 (CVPR 2016)',
    url: 'https://arxiv.org/abs/1512.03385',
  },
  'he-2016': {
    authors: 'K. He, X. Zhang, S. Ren, J. Sun',
    title: 'Identity Mappings in Deep Residual Networks',
    published: 'arXiv:1603.05027, 2016 (ECCV 2016)',
    url: 'https://arxiv.org/abs/1603.05027',
  },
  'tensorflow-resnet': {
    authors: 'TensorFlow authors',
    title: 'ResNet in TensorFlow, README of the official models',
    published: 'GitHub, release 1.13',
    url: 'https://github.com/tensorflow/models/tree/r1.13.0/official/resnet',
  },
  'nvidia-resnet': {
    authors: 'NVIDIA',
    title: 'ResNet-50 v1.5 for PyTorch, model card',
    published: 'NVIDIA Deep Learning Examples',
    url: 'https://github.com/NVIDIA/DeepLearningExamples/tree/master/PyTorch/Classification/ConvNets/resnet50v1.5',
  },
} as const satisfies Record<string, Source>

export type SourceName = keyof typeof SOURCES
