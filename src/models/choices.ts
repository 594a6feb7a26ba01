import type { Order, Shortcut } from './spec'

export const ORDER_NAMES: Record<Order, string> = {
  original: 'original (v1)',
  'bn-after-addition': 'BN after the addition',
  'relu-before-addition': 'ReLU before the addition',
  'relu-only-preactivation': 'ReLU-only pre-activation',
  'full-preactivation': 'full pre-activation (v2)',
}

/** The rivals of the identity, each with the setting that Table 1 tries first. */
export const SHORTCUTS: readonly { label: string; shortcut: Shortcut }[] = [
  { label: 'identity', shortcut: { kind: 'identity' } },
  { label: 'none: a plain net', shortcut: { kind: 'none' } },
  { label: 'constant scaling', shortcut: { kind: 'scaling', shortcut: 0.5, residual: 0.5 } },
  { label: 'exclusive gate', shortcut: { kind: 'exclusive-gate', bias: -6 } },
  { label: 'shortcut-only gate', shortcut: { kind: 'shortcut-gate', bias: -6 } },
  { label: '1×1 convolution', shortcut: { kind: 'conv1x1' } },
  { label: 'dropout', shortcut: { kind: 'dropout', rate: 0.5 } },
]

/** A shortcut with its numbers: "exclusive gate, bias −6". */
export function shortcutName(shortcut: Shortcut): string {
  const { label } = SHORTCUTS.find((choice) => choice.shortcut.kind === shortcut.kind)!
  switch (shortcut.kind) {
    case 'scaling':
      return `${label}, ${shortcut.shortcut} and ${shortcut.residual}`
    case 'exclusive-gate':
    case 'shortcut-gate':
      return `${label}, bias ${String(shortcut.bias).replace('-', '−')}`
    case 'dropout':
      return `${label}, rate ${shortcut.rate}`
    default:
      return label
  }
}
