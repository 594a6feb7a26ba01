import { useTranslations } from 'use-intl'
import { depthOf, sameNetworkAsV1, versionOf } from '../../models/presets'
import { peakRate } from '../../run/adjustment'
import type { RunConfig } from '../../run/config'
import { type SettingName, strideAt } from '../../run/lane-settings'
import { useUnitNames } from '../use-unit-names'

/** A setting as a run has it, in the page's language. */
export function useSettingText(): (name: SettingName, run: RunConfig) => string {
  const t = useTranslations('compare.settingValue')
  const unit = useTranslations('unit')
  const names = useUnitNames()
  return (name, { model, train }) => {
    switch (name) {
      case 'version':
        return sameNetworkAsV1(model) ? 'v1' : (versionOf(model) ?? '–')
      case 'order':
        return unit(`orderName.${model.order}`)
      case 'block':
        return unit(`blockName.${model.block}`)
      case 'depth':
        return String(depthOf(model))
      case 'stages':
        return t('stages', { stem: model.stem, units: model.units.join(' · ') })
      case 'widths':
        return model.widths.join(' · ')
      case 'shortcut':
        return names.shortcut(model.shortcut)
      case 'projection':
        return model.projection
      case 'stride':
        return t(strideAt(model))
      case 'rate':
        return t(`rate.${train.learningRate.kind}`, { rate: String(peakRate(train.learningRate)) })
      case 'momentum': {
        const momentum = String(train.momentum)
        return train.nesterov ? t('nesterov', { momentum }) : momentum
      }
      case 'weightDecay':
        return String(train.weightDecay)
      case 'precision':
        return train.precision
      default:
        return name satisfies never
    }
  }
}
