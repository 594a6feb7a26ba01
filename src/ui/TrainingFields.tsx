import { SimpleGrid, Switch } from '@mantine/core'
import { peakRate, withPeakRate } from '../run/adjustment'
import type { Settings } from '../run/config'
import { NumberField } from './NumberField'
import { PrecisionField } from './PrecisionField'
import { ScheduleFields } from './ScheduleFields'
import { useSettings } from './settings-context'

interface Field {
  label: string
  path(settings: Settings): string
  step: number
  read(settings: Settings): number
  write<T extends Settings>(settings: T, value: number): T
}

type TrainNumber = 'steps' | 'batchSize' | 'momentum' | 'weightDecay'

function trainField(label: string, key: TrainNumber, step: number): Field {
  return {
    label,
    step,
    path: () => `train.${key}`,
    read: ({ train }) => train[key],
    write: (settings, value) => ({ ...settings, train: { ...settings.train, [key]: value } }),
  }
}

const LEARNING_RATE: Field = {
  label: 'Learning rate',
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
  label: 'Seed',
  step: 1,
  path: () => 'seed',
  read: ({ seed }) => seed,
  write: (settings, seed) => ({ ...settings, seed }),
}

const FIELDS: readonly Field[] = [
  trainField('Training steps', 'steps', 100),
  trainField('Batch size', 'batchSize', 16),
  LEARNING_RATE,
  SEED,
  trainField('Momentum', 'momentum', 0.05),
  trainField('Weight decay', 'weightDecay', 0.0001),
]

/** What a run and a comparison have in common of these settings. */
export function TrainingFields() {
  const { settings, edit } = useSettings()
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        {FIELDS.map((field) => (
          <SettingField key={field.label} field={field} />
        ))}
      </SimpleGrid>
      <ScheduleFields />
      <PrecisionField />
      <Switch
        label="Crop and flip the pictures at random"
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
  const { label, path, step, read, write } = field
  const { settings, edit } = useSettings()
  return (
    <NumberField
      label={label}
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
  if (!evaluate) return null
  const write = (change: Partial<typeof evaluate>) =>
    edit((settings) => ({ ...settings, evaluate: { ...evaluate, ...change } }))
  return (
    <SimpleGrid cols={2} spacing="sm">
      <NumberField
        label="Validate every"
        path="evaluate.every"
        suffix=" steps"
        value={evaluate.every}
        onChange={(every) => write({ every })}
      />
      <NumberField
        label="on"
        path="evaluate.images"
        suffix=" images"
        value={evaluate.images}
        onChange={(images) => write({ images })}
      />
    </SimpleGrid>
  )
}
