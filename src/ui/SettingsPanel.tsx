import { Button, Select, SimpleGrid, Stack, Switch } from '@mantine/core'
import type { RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { RECIPES, recipeOf } from '../run/recipes'
import { useBench, useBenchState } from './bench-context'
import { NumberField } from './NumberField'
import { peakRate, ScheduleFields, withPeakRate } from './ScheduleFields'

interface Field {
  label: string
  path(run: RunConfig): string
  step: number
  read(run: RunConfig): number
  write(run: RunConfig, value: number): RunConfig
}

type TrainNumber = 'steps' | 'batchSize' | 'momentum' | 'weightDecay'

function trainField(label: string, key: TrainNumber, step: number): Field {
  return {
    label,
    step,
    path: () => `train.${key}`,
    read: (run) => run.train[key],
    write: (run, value) => ({ ...run, train: { ...run.train, [key]: value } }),
  }
}

const LEARNING_RATE: Field = {
  label: 'Learning rate',
  step: 0.01,
  path: ({ train }) =>
    train.learningRate.kind === 'one-cycle' ? 'train.learningRate.peak' : 'train.learningRate.rate',
  read: ({ train }) => peakRate(train.learningRate),
  write: (run, rate) => ({
    ...run,
    train: { ...run.train, learningRate: withPeakRate(run.train.learningRate, rate) },
  }),
}

const SEED: Field = {
  label: 'Seed',
  step: 1,
  path: () => 'seed',
  read: (run) => run.seed,
  write: (run, seed) => ({ ...run, seed }),
}

const FIELDS: readonly Field[] = [
  trainField('Training steps', 'steps', 100),
  trainField('Batch size', 'batchSize', 16),
  LEARNING_RATE,
  SEED,
  trainField('Momentum', 'momentum', 0.05),
  trainField('Weight decay', 'weightDecay', 0.0001),
]

/** How the net is trained: optimiser, schedule, seed, augmentation. */
export function SettingsPanel() {
  const bench = useBench()
  const draft = useBenchState((state) => state.draft)
  return (
    <section className="panel" aria-label="Training settings">
      <div className="panel-head">
        <h2>Training</h2>
        <Button
          size="compact-sm"
          variant="subtle"
          title="All settings as at the first visit"
          onClick={() => bench.edit(() => FIRST_RUN)}
        >
          All defaults
        </Button>
      </div>
      <Stack gap="sm">
        <RecipeMenu />
        <SimpleGrid cols={2} spacing="sm">
          {FIELDS.map(({ label, path, step, read, write }) => (
            <NumberField
              key={label}
              label={label}
              path={path(draft)}
              step={step}
              value={read(draft)}
              onChange={(value) => bench.edit((run) => write(run, value))}
            />
          ))}
        </SimpleGrid>
        <ScheduleFields />
        <Switch
          label="Crop and flip the pictures at random"
          checked={draft.data.augment === 'crop-flip'}
          onChange={({ currentTarget: { checked } }) =>
            bench.edit((run) => ({
              ...run,
              data: { ...run.data, augment: checked ? 'crop-flip' : 'none' },
            }))
          }
        />
        <Evaluation />
      </Stack>
    </section>
  )
}

/** Ways to train at a click, and which of them the settings are. */
function RecipeMenu() {
  const bench = useBench()
  const chosen = useBenchState((state) => recipeOf(state.draft))
  return (
    <Select
      className="recipe"
      size="sm"
      label="Recipe"
      description={chosen?.about}
      inputWrapperOrder={['label', 'input', 'description']}
      placeholder="own settings"
      data={RECIPES.map(({ name }) => name)}
      value={chosen?.name ?? null}
      allowDeselect={false}
      onChange={(name) => {
        const recipe = RECIPES.find((recipe) => recipe.name === name)
        if (recipe) bench.edit(recipe.apply)
      }}
    />
  )
}

/** How often the net is tried on the held-out images. */
function Evaluation() {
  const bench = useBench()
  const evaluate = useBenchState((state) => state.draft.evaluate)
  if (!evaluate) return null
  const write = (change: Partial<typeof evaluate>) =>
    bench.edit((run) => ({ ...run, evaluate: { ...evaluate, ...change } }))
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
