import { Switch } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { peakRate, withPeakRate } from '../run/adjustment'
import type { Settings } from '../run/config'
import { NumberField } from './NumberField'
import { PrecisionField } from './PrecisionField'
import { ScheduleFields } from './ScheduleFields'
import { useSettings } from './settings-context'

interface Field {
  /** Its label's name in the catalogue. */
  name: TrainNumber | 'learningRate' | 'seed'
  path(settings: Settings): string
  step: number
  read(settings: Settings): number
  write<T extends Settings>(settings: T, value: number): T
}

type TrainNumber = 'steps' | 'batchSize' | 'momentum' | 'weightDecay'

function trainField(key: TrainNumber, step: number): Field {
  return {
    name: key,
    step,
    path: () => `train.${key}`,
    read: ({ train }) => train[key],
    write: (settings, value) => ({ ...settings, train: { ...settings.train, [key]: value } }),
  }
}

const LEARNING_RATE: Field = {
  name: 'learningRate',
  step: 0.01,
  path: ({ train }) =>
    train.learningRate.kind === 'one-cycle' ? 'train.learningRate.peak' : 'train.learningRate.rate',
  read: ({ train }) => peakRate(train.learningRate),
  write: (settings, rate) => ({
    ...settings,
    train: {
      ...settings.train,
      learningRate: withPeakRate(settings.train.learningRate, rate),
    },
  }),
}

const SEED: Field = {
  name: 'seed',
  step: 1,
  path: () => 'seed',
  read: ({ seed }) => seed,
  write: (settings, seed) => ({ ...settings, seed }),
}

const FIELDS: readonly Field[] = [
  trainField('steps', 100),
  trainField('batchSize', 16),
  LEARNING_RATE,
  SEED,
  trainField('momentum', 0.05),
  trainField('weightDecay', 0.0001),
]

/** What a run and a comparison have in common of these settings. */
export function TrainingFields() {
  const t = useTranslations('train.settings')
  const { settings, edit } = useSettings()
  return (
    <>
      <div className="field-pairs">
        {FIELDS.map((field) => (
          <SettingField key={field.name} field={field} />
        ))}
      </div>
      <ScheduleFields />
      <PrecisionField />
      <Switch
        label={t('augment')}
        checked={settings.data.augment === 'crop-flip'}
        onChange={({ currentTarget: { checked } }) =>
          edit((settings) => ({
            ...settings,
            data: { ...settings.data, augment: checked ? 'crop-flip' : 'none' },
          }))
        }
      />
      <Evaluation />
    </>
  )
}

function SettingField({ field }: { field: Field }) {
  const { name, path, step, read, write } = field
  const t = useTranslations('train.settings')
  const { settings, edit } = useSettings()
  return (
    <NumberField
      label={t(name)}
      path={path(settings)}
      step={step}
      value={read(settings)}
      onChange={(value) => edit((settings) => write(settings, value))}
    />
  )
}

/** The highest learning rate and how it goes over the run. */
export function LearningRateFields() {
  return (
    <>
      <SettingField field={LEARNING_RATE} />
      <ScheduleFields />
    </>
  )
}

/** How often the net is tried on the held-out images. */
function Evaluation() {
  const {
    settings: { evaluate },
    edit,
  } = useSettings()
  const t = useTranslations('train.settings')
  if (!evaluate) return null
  const write = (change: Partial<typeof evaluate>) =>
    edit((settings) => ({ ...settings, evaluate: { ...evaluate, ...change } }))
  return (
    <div className="field-pairs">
      <NumberField
        label={t('validateEvery')}
        path="evaluate.every"
        suffix={t('stepsUnit')}
        value={evaluate.every}
        onChange={(every) => write({ every })}
      />
      <NumberField
        label={t('validateOn')}
        path="evaluate.images"
        suffix={t('imagesUnit')}
        value={evaluate.images}
        onChange={(images) => write({ images })}
      />
    </div>
  )
}
