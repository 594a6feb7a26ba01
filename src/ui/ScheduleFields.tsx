import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { peakRate } from '../run/adjustment'
import type { LearningRate } from '../run/config'
import { faultAt, NumberField } from './NumberField'
import { ScheduleSketch } from './ScheduleSketch'
import { useSettings } from './settings-context'
import { useFaultText } from './use-fault-text'

type Kind = LearningRate['kind']

const KINDS = ['constant', 'step', 'cosine', 'one-cycle'] as const satisfies readonly Kind[]

const PATH = 'train.learningRate'

/** A schedule of another kind with the same highest rate and warm-up. */
function withKind(before: LearningRate, kind: Kind, steps: number): LearningRate {
  const rate = peakRate(before)
  const kept = before.warmup ? { warmup: before.warmup } : {}
  switch (kind) {
    case 'constant':
    case 'cosine':
      return { kind, rate, ...kept }
    case 'step': {
      const middle = Math.max(1, Math.floor(steps / 2))
      const milestones = [middle, Math.max(middle + 1, Math.floor((3 * steps) / 4))]
      return { kind, rate, milestones, factor: 0.1, ...kept }
    }
    case 'one-cycle':
      return { kind, peak: rate, warmupFraction: 0.2 }
    default:
      return kind satisfies never
  }
}

/** How the learning rate goes over the run: its kind, that kind's own numbers, and a sketch. */
export function ScheduleFields() {
  const {
    settings: { train },
    edit,
  } = useSettings()
  const schedule = train.learningRate
  const t = useTranslations('train.settings')
  const set = (learningRate: LearningRate) =>
    edit((settings) => ({ ...settings, train: { ...settings.train, learningRate } }))
  return (
    <>
      <NativeSelect
        size="sm"
        label={t('schedule')}
        data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={schedule.kind}
        onChange={({ currentTarget }) =>
          set(withKind(schedule, currentTarget.value as Kind, train.steps))
        }
      />
      <ScheduleSketch train={train} />
      <div className="field-pairs">
        {schedule.kind === 'step' && (
          <>
            <Milestones
              value={schedule.milestones}
              onChange={(milestones) => set({ ...schedule, milestones })}
            />
            <NumberField
              label={t('factor')}
              path={`${PATH}.factor`}
              step={0.1}
              value={schedule.factor}
              onChange={(factor) => set({ ...schedule, factor })}
            />
          </>
        )}
        {schedule.kind === 'one-cycle' ? (
          <NumberField
            label={t('rising')}
            path={`${PATH}.warmupFraction`}
            step={0.05}
            value={schedule.warmupFraction}
            onChange={(warmupFraction) => set({ ...schedule, warmupFraction })}
          />
        ) : (
          <Warmup schedule={schedule} onChange={set} />
        )}
      </div>
    </>
  )
}

/** The steps at which the rate falls, as a list with commas. */
function Milestones(props: { value: readonly number[]; onChange: (steps: number[]) => void }) {
  const { value, onChange } = props
  const [typed, setTyped] = useState<string>()
  const { problems } = useSettings()
  const t = useTranslations('train.settings')
  const say = useFaultText()
  const path = `${PATH}.milestones`
  const each = value.map((_, i) => faultAt(problems, `${path}[${i}]`))
  const fault = faultAt(problems, path) ?? each.find((reason) => reason !== undefined)
  return (
    <TextInput
      size="sm"
      label={t('milestones')}
      inputMode="numeric"
      value={typed ?? value.join(', ')}
      error={fault && say(fault)}
      onChange={({ currentTarget: { value: text } }) => {
        setTyped(text)
        onChange(
          text
            .split(/[\s,]+/)
            .filter(Boolean)
            .map(Number),
        )
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}

/** A first stretch at another rate; 0 steps are none. */
function Warmup(props: { schedule: LearningRate; onChange: (schedule: LearningRate) => void }) {
  const { schedule, onChange } = props
  const { warmup, ...without } = schedule
  const t = useTranslations('train.settings')
  const rate = warmup?.rate ?? peakRate(schedule) / 10
  return (
    <>
      <NumberField
        label={t('warmupSteps')}
        path={`${PATH}.warmup.steps`}
        value={warmup?.steps ?? 0}
        onChange={(steps) =>
          onChange(steps === 0 ? without : { ...schedule, warmup: { steps, rate } })
        }
      />
      <NumberField
        label={t('warmupRate')}
        path={`${PATH}.warmup.rate`}
        step={0.01}
        value={rate}
        disabled={!warmup}
        onChange={(value) =>
          warmup && onChange({ ...schedule, warmup: { ...warmup, rate: value } })
        }
      />
    </>
  )
}
