import { SegmentedControl, Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { MAX_SEEDS } from '../../run/comparison'
import { NumberField } from '../NumberField'
import { TrainingFields } from '../TrainingFields'
import { useRace, useRaceState } from './race-context'

const SEEDS = Array.from({ length: MAX_SEEDS }, (_, i) => String(i + 1))

/** Seconds that a lane gets where time is made equal for the first time. */
const FIRST_SECONDS = 60

/** What all lanes are trained with, and what they get in equal measure. */
export function RaceSettings() {
  const race = useRace()
  const t = useTranslations('compare.settings')
  const { seeds, until } = useRaceState((state) => state.draft)
  return (
    <section className="panel" aria-label={t('label')}>
      <h2>{t('title')}</h2>
      <Stack gap="sm">
        <div>
          <div className="field-label" aria-hidden>
            {t('seedsInTurn')}
          </div>
          <SegmentedControl
            fullWidth
            size="sm"
            aria-label={t('seeds')}
            data={SEEDS}
            value={String(seeds)}
            onChange={(value) => race.edit((before) => ({ ...before, seeds: Number(value) }))}
          />
        </div>
        <div>
          <div className="field-label" aria-hidden>
            {t('equal')}
          </div>
          <SegmentedControl
            fullWidth
            size="sm"
            aria-label={t('equal')}
            data={[
              { value: 'steps', label: t('steps') },
              { value: 'time', label: t('time') },
            ]}
            value={until.kind}
            onChange={(kind) =>
              race.edit((before) => ({
                ...before,
                until: kind === 'time' ? { kind, seconds: FIRST_SECONDS } : { kind: 'steps' },
              }))
            }
          />
        </div>
        {until.kind === 'time' && (
          <NumberField
            label={t('seconds')}
            path="until.seconds"
            step={10}
            value={until.seconds}
            onChange={(seconds) =>
              race.edit((before) => ({ ...before, until: { kind: 'time', seconds } }))
            }
          />
        )}
        <TrainingFields />
      </Stack>
    </section>
  )
}
