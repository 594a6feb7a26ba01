import { part } from '../part'

/** The charts of readings, which nothing needs before the first one. */
export const LazyCharts = part(() => import('./MeterCharts'))
