import { type ComponentProps, type ComponentType, lazy } from 'react'
import { useTranslations } from 'use-intl'
import type MeterCharts from './MeterCharts'

type Charts = ComponentType<ComponentProps<typeof MeterCharts>>

/** The charts of the readings, which nothing needs before the first one. */
export const LazyCharts = lazy(
  (): Promise<{ default: Charts }> =>
    import('./MeterCharts').catch(() => ({ default: MissingCharts })),
)

function MissingCharts() {
  const t = useTranslations('meter')
  return (
    <p className="panel-note" role="alert">
      {t('missing')}
    </p>
  )
}
