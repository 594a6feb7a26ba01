import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { placeFigure } from '../../curves/format'
import { isRelative, type Look } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import { CHANGES } from '../../curves/marks'
import type { XAxis } from '../../curves/positions'
import type { CurveSeries } from '../../curves/series'
import { bandOf } from '../../curves/spread'
import type { ChartWords } from '../../curves/svg'
import type { Change } from '../../run/adjustment'

type Texts = ReturnType<typeof useTranslations<'curves'>>
export type CurveWords = ReturnType<typeof wordsOf>

/** What charts, crosshair, tables and exports say of curves, in the page's language. */
export function useCurveWords(): CurveWords {
  const t = useTranslations('curves')
  return useMemo(() => wordsOf(t), [t])
}

function wordsOf(t: Texts) {
  const quantity = (quantity: Quantity) => t(`quantity.${quantity}`)
  const inText = (quantity: Quantity) => t(`quantityInText.${quantity}`)
  const over = (axis: XAxis) => t(`over.${axis}`)
  /** What changed, in short: "rate 0.01, momentum 0.8". */
  const change = (made: Change) =>
    CHANGES.filter((name) => made[name] !== undefined)
      .map((name) => t(`change.${name}`, { value: String(made[name]) }))
      .join(', ')
  /** A place of the horizontal axis: "step 1,200", "epoch 2.35". */
  const place = (axis: XAxis, x: number) => t(`place.${axis}`, { x: placeFigure(axis, x) })
  /** A line's name, with its seeds where there are several. */
  const name = ({ name, histories: { length: count } }: CurveSeries) =>
    count > 1 ? t('seeds', { name, count }) : name
  /** What the lines, the faint ones and the markers of a chart mean. */
  const key = (all: readonly CurveSeries[]) => {
    const seeds = Math.max(...all.map(({ histories }) => histories.length))
    return t(`key.${seeds > 1 ? bandOf(seeds).name : 'one'}`)
  }
  /** "Loss over steps", or "Difference of loss from v1 over steps". */
  const title = (all: readonly CurveSeries[], look: Look) => {
    const base = all.find(({ id }) => id === look.relativeTo)
    return base && isRelative(all, look.relativeTo)
      ? t('differenceTitle', {
          ...{ quantity: inText(look.quantity), base: base.name, over: over(look.axis) },
        })
      : t('title', { quantity: quantity(look.quantity), over: over(look.axis) })
  }
  const chart = (all: readonly CurveSeries[], look: Look): ChartWords => {
    const base = all.find(({ id }) => id === look.relativeTo)
    return {
      title: title(all, look),
      height: base
        ? t('difference', { quantity: quantity(look.quantity), base: base.name })
        : quantity(look.quantity),
      axis: t(`axis.${look.axis}`),
      key: key(all),
      nameOf: name,
      changeOf: change,
    }
  }
  return { quantity, inText, over, change, place, name, key, title, chart }
}
