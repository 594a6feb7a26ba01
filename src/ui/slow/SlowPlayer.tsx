import { ActionIcon, SegmentedControl, Slider } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { plan } from '../../models/plan'
import { framesOf, type ShownStep } from '../../store/slow-frames'
import { useBenchState } from '../bench-context'
import { NetChain } from './NetChain'
import { SlowFrame } from './SlowFrame'
import './slow.css'

/** How long a frame is shown, by the speed's name. */
const FRAME_MS = { slow: 1500, normal: 600, fast: 150 }
type Speed = keyof typeof FRAME_MS

/** Plays a slow step: a head that goes through the net and back, and what is there. */
export default function SlowPlayer({ slow }: { slow: ShownStep }) {
  const t = useTranslations('slow')
  const model = useBenchState(({ active }) => active.run.model)
  const network = useMemo(() => plan(model), [model])
  const frames = useMemo(() => framesOf(slow), [slow])
  const still = useReducedMotion(false, { getInitialValueInEffect: false })
  const [at, setAt] = useState(0)
  const [playing, setPlaying] = useState(!still)
  const [speed, setSpeed] = useState<Speed>('normal')
  const last = frames.length - 1
  const runs = playing && at < last
  useEffect(() => {
    if (!runs) return
    const timer = setTimeout(() => setAt(at + 1), FRAME_MS[speed])
    return () => clearTimeout(timer)
  }, [runs, at, speed])
  const go = (to: number) => {
    setPlaying(false)
    setAt(Math.min(last, Math.max(0, to)))
  }
  const toggle = () => {
    if (at === last) setAt(0)
    setPlaying(!runs)
  }
  const frame = frames[at]!
  return (
    <section aria-label={t('player', { step: slow.step + 1 })}>
      <NetChain
        network={network}
        frame={frame}
        onChoose={(id) => go(frames.findIndex((one) => 'node' in one && one.node.id === id))}
      />
      <div className="slow-controls">
        <Control label={t('back')} disabled={at === 0} onClick={() => go(at - 1)}>
          <IconPlayerSkipBackFilled size={16} />
        </Control>
        <Control label={runs ? t('pause') : t('play')} onClick={toggle}>
          {runs ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
        </Control>
        <Control label={t('next')} disabled={at === last} onClick={() => go(at + 1)}>
          <IconPlayerSkipForwardFilled size={16} />
        </Control>
        <Slider
          className="slow-slider"
          min={0}
          max={last}
          value={at}
          label={null}
          thumbLabel={t('frame')}
          onChange={go}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('speed')}
          data={(Object.keys(FRAME_MS) as Speed[]).map((value) => ({
            value,
            label: t(`speeds.${value}`),
          }))}
          value={speed}
          onChange={(value) => setSpeed(value as Speed)}
        />
      </div>
      <SlowFrame slow={slow} network={network} frame={frame} spoken={!runs} />
    </section>
  )
}

function Control(props: {
  label: string
  disabled?: boolean
  onClick: () => void
  children: ReactNode
}) {
  const { label, ...button } = props
  return <ActionIcon variant="default" size="lg" aria-label={label} title={label} {...button} />
}
