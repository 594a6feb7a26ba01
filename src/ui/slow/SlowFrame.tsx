import { useEffect, useRef } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { MapShape, NetworkPlan } from '../../models/plan'
import { type Frame, type Picture, pixelsOf, type ShownStep } from '../../store/slow-frames'
import { useLayerName } from '../layer-words'

interface FrameProps {
  slow: ShownStep
  network: NetworkPlan
  frame: Frame
  /** Told to screen readers: not while it plays. */
  spoken: boolean
}

/** What stands at the play head. */
export function SlowFrame({ slow, network, frame, spoken }: FrameProps) {
  return (
    <div className="slow-frame" aria-live={spoken ? 'polite' : 'off'}>
      {frame.pass === 'loss' && <LossFrame slow={slow} />}
      {frame.pass === 'update' && <UpdateFrame slow={slow} />}
      {'node' in frame && <NodeFrame network={network} frame={frame} />}
    </div>
  )
}

function NodeFrame(props: { network: NetworkPlan; frame: Extract<Frame, { node: unknown }> }) {
  const { network, frame } = props
  const { id, shape } = frame.node
  const t = useTranslations('slow')
  const format = useFormatter()
  const layerName = useLayerName()
  const { layer } = network.nodes.find((node) => node.id === id)!
  const { height, width, channels } = shape
  const shown = frame.picture.channels.length / (height * width)
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 3 })
  return (
    <>
      <h3>{t(frame.pass, { node: id })}</h3>
      <p className="panel-note">
        {t('map', { layer: layerName(layer), height, width, channels })}{' '}
        <strong>{t('rms', { rms: number(frame.picture.rms) })}</strong>
      </p>
      <div className="slow-maps">
        {Array.from({ length: shown }, (_, i) => (
          <Channel key={i} picture={frame.picture} shape={shape} channel={i} />
        ))}
      </div>
      <p className="panel-note slow-scale">
        {t('scale', { largest: number(frame.picture.largest) })}
      </p>
    </>
  )
}

function Channel(props: { picture: Picture; shape: MapShape; channel: number }) {
  const { picture, shape, channel } = props
  const { width, height } = shape
  const t = useTranslations('slow')
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const pixels = pixelsOf(picture, channel, width * height)
    const context = canvas.current!.getContext('2d')!
    context.putImageData(new ImageData(pixels, width, height), 0, 0)
  }, [picture, channel, width, height])
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t('channel', { channel: channel + 1 })}
      {...{ width, height }}
    />
  )
}

function LossFrame({ slow }: { slow: ShownStep }) {
  const t = useTranslations('slow')
  const format = useFormatter()
  const { classes, probabilities, label, loss, meanLoss } = slow
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 3 })
  return (
    <>
      <h3>{t('loss')}</h3>
      <p className="panel-note">
        {t('lossOf', { label: classes[label]!, loss: number(loss), mean: number(meanLoss) })}
      </p>
      <ul className="slow-bars">
        {classes.map((name, i) => (
          <li key={name} data-right={i === label || undefined}>
            <span>{name}</span>
            <progress aria-label={name} value={probabilities[i]} max={1} />
            <span>{format.number(probabilities[i]!, { style: 'percent' })}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function UpdateFrame({ slow }: { slow: ShownStep }) {
  const t = useTranslations('slow')
  const format = useFormatter()
  const ratios = slow.updates.map(({ name, change, norm }) => ({ name, ratio: change / norm }))
  const known = ratios.map(({ ratio }) => ratio).filter(Number.isFinite)
  const largest = Math.max(0, ...known) || 1
  return (
    <>
      <h3>{t('update')}</h3>
      <p className="panel-note">{t('updateOf')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ul className="slow-bars slow-updates" tabIndex={0} aria-label={t('update')}>
        {ratios.map(({ name, ratio }) => (
          <li key={name}>
            <span>{name}</span>
            <progress aria-label={name} value={Number.isFinite(ratio) ? ratio : 0} max={largest} />
            <span>
              {Number.isFinite(ratio)
                ? format.number(ratio, { maximumSignificantDigits: 2 })
                : t('fromZero')}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
