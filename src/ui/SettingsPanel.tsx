import { NumberInput, Select, SimpleGrid, Stack, Switch } from '@mantine/core'
import type { LearningRate, RunConfig } from '../run/config'
import { useBench, useBenchState } from './bench-context'

type Change = (run: RunConfig) => RunConfig

interface NumberField {
  label: string
  /** The path that faults of this field are told under. */
  path: string
  step: number
  read: (run: RunConfig) => number
  write: (run: RunConfig, value: number) => RunConfig
}

const train = (run: RunConfig, change: Partial<RunConfig['train']>): RunConfig => ({
  ...run,
  train: { ...run.train, ...change },
})

/** The highest rate of a schedule, whatever the schedule calls it. */
function peak(schedule: LearningRate): number {
  return schedule.kind === 'one-cycle' ? schedule.peak : schedule.rate
}

const FIELDS: NumberField[] = [
  {
    label: 'Training steps',
    path: 'train.steps',
    step: 100,
    read: (run) => run.train.steps,
    write: (run, steps) => train(run, { steps }),
  },
  {
    label: 'Batch size',
    path: 'train.batchSize',
    step: 16,
    read: (run) => run.train.batchSize,
    write: (run, batchSize) => train(run, { batchSize }),
  },
  {
    label: 'Learning rate',
    path: 'train.learningRate',
    step: 0.01,
    read: (run) => peak(run.train.learningRate),
    write: (run, rate) => {
      const schedule = run.train.learningRate
      const changed =
        schedule.kind === 'one-cycle' ? { ...schedule, peak: rate } : { ...schedule, rate }
      return train(run, { learningRate: changed })
    },
  },
  {
    label: 'Momentum',
    path: 'train.momentum',
    step: 0.05,
    read: (run) => run.train.momentum,
    write: (run, momentum) => train(run, { momentum }),
  },
  {
    label: 'Weight decay',
    path: 'train.weightDecay',
    step: 0.0001,
    read: (run) => run.train.weightDecay,
    write: (run, weightDecay) => train(run, { weightDecay }),
  },
  {
    label: 'Seed',
    path: 'seed',
    step: 1,
    read: (run) => run.seed,
    write: (run, seed) => ({ ...run, seed }),
  },
]

const SCHEDULES = [
  { value: 'constant', label: 'constant' },
  { value: 'step', label: 'steps: ÷ 10 at 1/2 and 3/4' },
  { value: 'cosine', label: 'cosine' },
  { value: 'one-cycle', label: 'one cycle' },
]

/** A schedule of another kind with the same highest rate. */
function withKind(run: RunConfig, kind: string): RunConfig {
  const { learningRate: before, steps } = run.train
  const rate = peak(before)
  const middle = Math.max(1, Math.floor(steps / 2))
  const milestones = [middle, Math.max(middle + 1, Math.floor((3 * steps) / 4))]
  switch (kind) {
    case 'step':
      return train(run, { learningRate: { kind, rate, milestones, factor: 0.1 } })
    case 'cosine':
      return train(run, { learningRate: { kind, rate } })
    case 'one-cycle':
      return train(run, { learningRate: { kind, peak: rate, warmupFraction: 0.2 } })
    default:
      return train(run, { learningRate: { kind: 'constant', rate } })
  }
}

/** How the net is trained: optimiser, schedule, seed, augmentation. */
export function SettingsPanel() {
  const bench = useBench()
  const draft = useBenchState((state) => state.draft)
  const problems = useBenchState((state) => state.problems)
  const edit = (change: Change) => bench.edit(change)
  return (
    <section className="panel" aria-label="Training settings">
      <h2>Training</h2>
      <Stack gap="sm">
        <SimpleGrid cols={2} spacing="sm">
          {FIELDS.map(({ label, path, step, read, write }) => (
            <NumberInput
              key={path}
              size="sm"
              label={label}
              value={read(draft)}
              step={step}
              min={0}
              error={problems.some((problem) => problem.startsWith(path))}
              onChange={(value) => {
                if (typeof value === 'number') edit((run) => write(run, value))
              }}
            />
          ))}
        </SimpleGrid>
        <Select
          size="sm"
          label="Schedule"
          data={SCHEDULES}
          value={draft.train.learningRate.kind}
          allowDeselect={false}
          onChange={(kind) => kind && edit((run) => withKind(run, kind))}
        />
        <Switch
          label="Crop and flip the pictures at random"
          checked={draft.data.augment === 'crop-flip'}
          onChange={({ currentTarget: { checked } }) =>
            edit((run) => ({
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

/** How often the net is tried on the held-out images. */
function Evaluation() {
  const bench = useBench()
  const evaluate = useBenchState((state) => state.draft.evaluate)
  const problems = useBenchState((state) => state.problems)
  if (!evaluate) return null
  const write = (change: Partial<typeof evaluate>) =>
    bench.edit((run) => ({ ...run, evaluate: { ...evaluate, ...change } }))
  return (
    <SimpleGrid cols={2} spacing="sm">
      <NumberInput
        size="sm"
        label="Validate every"
        suffix=" steps"
        value={evaluate.every}
        min={1}
        error={problems.some((problem) => problem.startsWith('evaluate.every'))}
        onChange={(every) => typeof every === 'number' && write({ every })}
      />
      <NumberInput
        size="sm"
        label="on"
        suffix=" images"
        value={evaluate.images}
        min={1}
        error={problems.some((problem) => problem.startsWith('evaluate.images'))}
        onChange={(images) => typeof images === 'number' && write({ images })}
      />
    </SimpleGrid>
  )
}
