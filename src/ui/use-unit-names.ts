import { useTranslations } from 'use-intl'
import type { Shortcut } from '../models/spec'

/** What a unit's parts are called in the page's language. */
export function useUnitNames() {
  const t = useTranslations('unit')
  return {
    /** A shortcut with its numbers: "exclusive gate, bias −6". */
    shortcut(of: Shortcut): string {
      const shortcut = t(`shortcutName.${of.kind}`)
      switch (of.kind) {
        case 'scaling':
          return t('withFactors', {
            shortcut,
            first: String(of.shortcut),
            second: String(of.residual),
          })
        case 'exclusive-gate':
        case 'shortcut-gate':
          return t('withBias', { shortcut, bias: String(of.bias).replace('-', '−') })
        case 'dropout':
          return t('withRate', { shortcut, rate: String(of.rate) })
        default:
          return shortcut
      }
    },
  }
}
