import { useTranslations } from 'use-intl'
import { useBench, useBenchState } from './bench-context'
import { ControlsPanel } from './ControlsPanel'
import { CurvePanel } from './CurvePanel'
import { CurvesBar } from './CurvesBar'
import { DataPanel } from './DataPanel'
import { useTrainingKeys } from './keyboard'
import { MeterPanel } from './meter/MeterPanel'
import { Notices } from './Notices'
import { PlaceHeading } from './PlaceHeading'
import { ProfilePanel } from './ProfilePanel'
import { SettingsPanel } from './SettingsPanel'
import { SharePanel } from './SharePanel'
import { StepsTable } from './StepsTable'
import { SettingsProvider } from './settings-context'
import { SlowPanel } from './slow/SlowPanel'
import { UnitPanel } from './UnitPanel'
import { Unless } from './Unless'

/** The bench: a unit, a run, and its curves. */
export default function TrainPage() {
  const { edit } = useBench()
  const phase = useBenchState((state) => state.phase.phase)
  const settings = useBenchState((state) => state.draft)
  const problems = useBenchState((state) => state.problems)
  const place = useTranslations('shell.place')
  useTrainingKeys()
  return (
    <main className="bench" data-phase={phase}>
      <PlaceHeading hidden>{place('train')}</PlaceHeading>
      <div className="column">
        <Unless hidden="unit">
          <UnitPanel />
        </Unless>
      </div>
      <div className="column">
        <Notices />
        <Unless hidden="controls">
          <ControlsPanel />
        </Unless>
        <Unless hidden="curves">
          <CurvesBar />
          <CurvePanel quantity="loss" />
          <CurvePanel quantity="accuracy" />
          <StepsTable />
        </Unless>
        <Unless hidden="meter">
          <MeterPanel />
        </Unless>
        <Unless hidden="slow">
          <SlowPanel />
        </Unless>
        <Unless hidden="profile">
          <ProfilePanel />
        </Unless>
      </div>
      <div className="column">
        <SettingsProvider value={{ settings, problems, edit }}>
          <Unless hidden="data">
            <DataPanel />
          </Unless>
          <Unless hidden="settings">
            <SettingsPanel />
          </Unless>
          <Unless hidden="share">
            <SharePanel />
          </Unless>
        </SettingsProvider>
      </div>
    </main>
  )
}
