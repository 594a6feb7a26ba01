import type { ModelSpec } from './spec'

/** What Table 1 says of a net that did not learn. */
export const FAILED = 'fails (over 20 %)'

/** A figure of a paper: test error on CIFAR-10 in per cent, with the net it was measured on. */
export interface Reported {
  /** As the paper says it: a number, or that training failed. */
  error: string
  net: string
  source: string
}

const TABLE_1 = 'He et al. 2016, Table 1'
const TABLE_2 = 'He et al. 2016, Table 2'
const PAPER_2015 = 'He et al. 2015, Table 6'

/** He et al. 2015, Table 6: v1 with basic units and projection A, by depth. */
const BY_DEPTH: Readonly<Record<number, string>> = {
  20: '8.75 %',
  32: '7.51 %',
  44: '7.17 %',
  56: '6.97 %',
  110: '6.43 % (6.61 ± 0.16 over five runs)',
  1202: '7.93 %',
}

const BY_ORDER: Readonly<Record<ModelSpec['order'], [of110: string, of164: string]>> = {
  original: ['6.61 %', '5.93 %'],
  'bn-after-addition': ['8.17 %', '6.50 %'],
  'relu-before-addition': ['7.84 %', '6.14 %'],
  'relu-only-preactivation': ['6.71 %', '5.91 %'],
  'full-preactivation': ['6.37 %', '5.46 %'],
}

/** Table 1's figure for a shortcut with ReLU after the addition, where it has that setting. */
function byShortcut({ shortcut }: ModelSpec): string | undefined {
  switch (shortcut.kind) {
    case 'none':
      return FAILED
    case 'identity':
      return undefined
    case 'scaling':
      if (shortcut.shortcut !== 0.5) return undefined
      if (shortcut.residual === 1) return FAILED
      return shortcut.residual === 0.5 ? '12.35 %' : undefined
    case 'exclusive-gate':
      if (shortcut.bias <= 0 && shortcut.bias >= -5) return FAILED
      return { [-6]: '8.70 %', [-7]: '9.81 %' }[shortcut.bias]
    case 'shortcut-gate':
      return { 0: '12.86 %', [-6]: '6.91 %' }[shortcut.bias]
    case 'conv1x1':
      return '12.22 %'
    case 'dropout':
      return shortcut.rate === 0.5 ? FAILED : undefined
    default:
      return shortcut satisfies never
  }
}

/** What the papers report for the unit of a CIFAR net of `depth` layers, or nothing. */
export function reported(spec: ModelSpec, depth: number): Reported | undefined {
  if (spec.stem !== 'cifar') return undefined
  if (spec.shortcut.kind !== 'identity') {
    const error = spec.order === 'original' ? byShortcut(spec) : undefined
    return error ? { error, net: 'ResNet-110', source: TABLE_1 } : undefined
  }
  if (spec.order === 'original' && spec.block === 'basic' && depth !== 110) {
    const error = BY_DEPTH[depth]
    return error ? { error, net: `ResNet-${depth}`, source: PAPER_2015 } : undefined
  }
  const [of110, of164] = BY_ORDER[spec.order]
  return spec.block === 'basic'
    ? { error: of110, net: 'ResNet-110', source: TABLE_2 }
    : { error: of164, net: 'ResNet-164', source: TABLE_2 }
}
