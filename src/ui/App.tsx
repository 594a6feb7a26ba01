import { useCallback, useState } from 'react'
import { useBenchState } from './bench-context'
import { ControlsPanel } from './ControlsPanel'
import { CurvePanel } from './CurvePanel'
import { CurvesLegend } from './CurvesLegend'
import { DataPanel } from './DataPanel'
import { DropTarget } from './DropTarget'
import { Header } from './Header'
import { KeyboardHelp } from './KeyboardHelp'
import { useKeyboard } from './keyboard'
import { Notices } from './Notices'
import { ProfilePanel } from './ProfilePanel'
import { SettingsPanel } from './SettingsPanel'
import { StepsTable } from './StepsTable'
import { UnitPanel } from './UnitPanel'

/** The bench: a unit, a run, and its curves. */
export function App() {
  const phase = useBenchState((state) => state.phase.phase)
  const [helping, setHelping] = useState(false)
  const showHelp = useCallback(() => setHelping(true), [])
  useKeyboard(showHelp)
  return (
    <>
      <Header onHelp={showHelp} />
      <main className="bench" data-phase={phase}>
        <div className="column">
          <UnitPanel />
        </div>
        <div className="column">
          <Notices />
          <ControlsPanel />
          <CurvesLegend />
          <CurvePanel quantity="loss" />
          <CurvePanel quantity="accuracy" />
          <StepsTable />
          <ProfilePanel />
        </div>
        <div className="column">
          <DataPanel />
          <SettingsPanel />
        </div>
      </main>
      <DropTarget />
      <KeyboardHelp opened={helping} onClose={() => setHelping(false)} />
    </>
  )
}
