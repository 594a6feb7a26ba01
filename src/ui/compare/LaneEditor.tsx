import { CloseButton, Drawer, Stack, Switch, Title } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { type ComparisonConfig, laneRun } from '../../run/comparison'
import type { Settings } from '../../run/config'
import { withLaneModel, withOverrides } from '../../run/lanes'
import { SettingsProvider } from '../settings-context'
import { LearningRateFields } from '../TrainingFields'
import { UnitSwitch } from '../UnitSwitch'
import { UnitVariants } from '../UnitVariants'
import { useRace, useRaceState } from './race-context'

/** A lane's net and learning rate, in a drawer. Its head is no `header`: the page has its own. */
export function LaneEditor({ lane, onClose }: { lane: number | undefined; onClose: () => void }) {
  const t = useTranslations('compare.lanes')
  const known = useRaceState(({ draft }) => lane !== undefined && lane < draft.lanes.length)
  return (
    <Drawer.Root opened={known} onClose={onClose} position="right" size={420}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={t('editor')}>
        <Drawer.Body pt="md">{known && <LaneFields lane={lane!} onClose={onClose} />}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function LaneFields({ lane, onClose }: { lane: number; onClose: () => void }) {
  const race = useRace()
  const { name, model } = useRaceState((state) => state.draft.lanes[lane]!)
  const close = useTranslations('shell')('close')
  const change = (next: typeof model) => race.edit((before) => withLaneModel(before, lane, next))
  return (
    <>
      <div className="panel-head">
        <Title order={2} size="h5">
          {name}
        </Title>
        <CloseButton aria-label={close} onClick={onClose} />
      </div>
      <UnitSwitch model={model} onChange={change} />
      <UnitVariants model={model} onChange={change} />
      <OwnRate lane={lane} />
    </>
  )
}

/** The learning rate, where this lane is to have one of its own. */
function OwnRate({ lane }: { lane: number }) {
  const race = useRace()
  const draft = useRaceState((state) => state.draft)
  const problems = useRaceState((state) => state.problems)
  const t = useTranslations('compare.lanes')
  const { learningRate: own, ...others } = draft.lanes[lane]!.train ?? {}
  const setRate = (before: ComparisonConfig, { train: { learningRate } }: Settings) =>
    withOverrides(before, lane, { ...others, learningRate })
  const access = {
    settings: laneRun(draft, lane, 0),
    problems: ofLane(problems, lane),
    edit: (change: <T extends Settings>(settings: T) => T) =>
      race.edit((before) => setRate(before, change(laneRun(before, lane, 0)))),
  }
  return (
    <Stack gap="sm" mt="lg">
      <Switch
        label={t('ownRate')}
        checked={own !== undefined}
        onChange={({ currentTarget: { checked } }) =>
          race.edit((before) =>
            checked ? setRate(before, before) : withOverrides(before, lane, others),
          )
        }
      />
      {own && (
        <SettingsProvider value={access}>
          <LearningRateFields />
        </SettingsProvider>
      )}
    </Stack>
  )
}

/** The faults of a lane, under the paths of its run. */
function ofLane(problems: readonly string[], lane: number): string[] {
  const start = `lanes[${lane}].`
  return problems.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length))
}
