import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { comparisonToHash } from '../../run/link'
import { isRaceBusy } from '../../store/race'
import { CopyLink } from '../CopyLink'
import { DataPanel } from '../DataPanel'
import { useKeys } from '../keyboard'
import { RaceMeterPanel } from '../meter/RaceMeterPanel'
import { PlaceHeading } from '../PlaceHeading'
import { SettingsProvider } from '../settings-context'
import { Unless } from '../Unless'
import { LaneCards } from './LaneCards'
import { PresetPanel } from './PresetPanel'
import { RaceControls } from './RaceControls'
import { RaceCurves } from './RaceCurves'
import { RaceNotices } from './RaceNotices'
import { RaceSettings } from './RaceSettings'
import { RaceTable } from './RaceTable'
import { useRace, useRaceState } from './race-context'
import { VerdictPanel } from './VerdictPanel'

/** One to six nets trained side by side on the same pictures, and what came of it. */
export default function ComparePage() {
  const { edit, prepare } = useRace()
  const phase = useRaceState((state) => state.phase.phase)
  const settings = useRaceState((state) => state.draft)
  const problems = useRaceState((state) => state.problems)
  const t = useTranslations('compare')
  useEffect(prepare, [prepare])
  useRaceKeys()
  return (
    <main className="compare" data-phase={phase}>
      <div className="compare-head">
        <PlaceHeading>{t('title')}</PlaceHeading>
        <Unless hidden="share">
          <CopyLink hash={comparisonToHash(settings)} disabled={problems.length > 0} />
        </Unless>
      </div>
      <RaceNotices />
      <Unless hidden="presets">
        <PresetPanel />
      </Unless>
      <Unless hidden="lanes">
        <LaneCards />
      </Unless>
      <Unless hidden="controls">
        <RaceControls />
      </Unless>
      <div className="compare-body">
        <div className="column">
          <Unless hidden="curves">
            <RaceCurves />
          </Unless>
          <Unless hidden="meter">
            <RaceMeterPanel />
          </Unless>
          <Unless hidden="results">
            <VerdictPanel />
            <RaceTable />
          </Unless>
        </div>
        <div className="column">
          <SettingsProvider value={{ settings, problems, edit }}>
            <Unless hidden="settings">
              <RaceSettings />
            </Unless>
            <Unless hidden="data">
              <DataPanel />
            </Unless>
          </SettingsProvider>
        </div>
      </div>
    </main>
  )
}

/** The keys of the race, where it is looked at. */
function useRaceKeys(): void {
  const race = useRace()
  useKeys({
    ' ': () => (isRaceBusy(race.store.getState().phase) ? race.pause() : race.train()),
    s: race.step,
    r: race.reset,
  })
}
