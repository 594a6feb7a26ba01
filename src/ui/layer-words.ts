import { useTranslations } from 'use-intl'
import type { Layer } from '../models/plan'

/** A layer in a word or two, with its number of output channels where that is given. */
export type LayerName = (layer: Layer, channels?: number) => string

export function useLayerName(): LayerName {
  const t = useTranslations('unit.layer')
  return (layer, channels) => {
    switch (layer.op) {
      case 'conv': {
        const kernel = String(layer.kernel)
        return channels === undefined
          ? t('conv', { kernel })
          : t('convTo', { kernel, channels: String(channels) })
      }
      case 'batchNorm':
        return 'BN'
      case 'relu':
        return 'ReLU'
      case 'zeroPadShortcut':
        return t('zeroPad')
      case 'sigmoid':
        return 'σ'
      case 'dropout':
        return t('dropout', { rate: String(layer.rate) })
      case 'maxPool':
        return t('maxPool', { kernel: String(layer.kernel) })
      case 'globalAveragePool':
        return t('averagePool')
      case 'dense':
        return t('dense')
      case 'input':
        return t('input')
      case 'add':
      case 'weightedAdd':
      case 'exclusiveGate':
      case 'shortcutGate':
        return '+'
      default:
        return layer satisfies never
    }
  }
}
