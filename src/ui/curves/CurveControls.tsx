import { ActionIcon, NativeSelect, Slider, Switch } from '@mantine/core'
import { IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { curvesOf } from '../../curves/drawing'
import { reach, seenOf } from '../../curves/frame'
import { X_AXES, type XAxis } from '../../curves/positions'
import type { CurveSeries } from '../../curves/series'
import { zoomed } from '../../curves/zoom'
import type { CurveView } from '../../store/curve-view'
import { useView } from './use-curves'
import { ZOOM_STEP } from './use-gestures'

/** How all charts of a view are seen: axes, average, difference, zoom. */
export function CurveControls(props: {
  series: readonly CurveSeries[]
  view: CurveView
  /** More of the place's own controls, at the end. */
  children?: ReactNode
}) {
  const { series, view, children } = props
  const t = useTranslations('curves')
  // Each by itself: the crosshair and the zoom, which move all the time, are none of them.
  const x = useView(view, (state) => state.x)
  const logX = useView(view, (state) => state.logX)
  const logY = useView(view, (state) => state.logY)
  const smoothing = useView(view, (state) => state.smoothing)
  const relativeTo = useView(view, (state) => state.relativeTo)
  return (
    <div className="curve-controls">
      <NativeSelect
        size="xs"
        aria-label={t('controls.axis')}
        data={X_AXES.map((value) => ({ value, label: t(`over.${value}`) }))}
        value={x}
        onChange={({ currentTarget }) => view.setX(currentTarget.value as XAxis)}
      />
      <Switch
        size="xs"
        label={t('controls.logX')}
        checked={logX}
        onChange={({ currentTarget }) => view.setLogX(currentTarget.checked)}
      />
      <Switch
        size="xs"
        label={t('controls.logLoss')}
        checked={logY}
        onChange={({ currentTarget }) => view.setLogY(currentTarget.checked)}
      />
      {series.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('controls.difference')}
          data={[
            { value: '', label: t('controls.values') },
            ...series.map(({ id, name }) => ({ value: id, label: t('controls.less', { name }) })),
          ]}
          value={relativeTo ?? ''}
          onChange={({ currentTarget }) => view.setRelativeTo(currentTarget.value || undefined)}
        />
      )}
      <div className="smoothing">
        <span aria-hidden>{t('controls.smoothing')}</span>
        <Slider
          w={96}
          size="sm"
          min={0}
          max={0.99}
          step={0.01}
          value={smoothing}
          onChange={view.setSmoothing}
          thumbLabel={t('controls.smoothing')}
          label={null}
        />
        <span className="smoothing-value">{smoothing.toFixed(2)}</span>
      </div>
      <ZoomButtons series={series} view={view} />
      {children}
    </div>
  )
}

function ZoomButtons({ series, view }: { series: readonly CurveSeries[]; view: CurveView }) {
  const t = useTranslations('curves')
  const all = useView(view, ({ zoom }) => zoom === undefined)
  const zoom = (factor: number) => () => {
    const { x, logX, zoom } = view.store.getState()
    const aspect = { quantity: 'loss', axis: x, smoothing: 0 } as const
    const whole = reach(curvesOf(series, aspect), x, logX)
    view.setZoom(zoomed(seenOf(whole, zoom), whole, factor))
  }
  const button = (label: string, Icon: typeof IconZoomIn, disabled: boolean, act: () => void) => (
    <ActionIcon
      variant="default"
      size="md"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={act}
    >
      <Icon size={16} />
    </ActionIcon>
  )
  return (
    <ActionIcon.Group>
      {button(t('controls.zoomIn'), IconZoomIn, false, zoom(ZOOM_STEP))}
      {button(t('controls.zoomOut'), IconZoomOut, all, zoom(1 / ZOOM_STEP))}
      {button(t('controls.showAll'), IconZoomReset, all, () => view.setZoom(undefined))}
    </ActionIcon.Group>
  )
}
