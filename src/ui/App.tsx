import { useBenchState } from './bench-context'
import { ControlsPanel } from './ControlsPanel'
import { CurvePanel } from './CurvePanel'
import { DataPanel } from './DataPanel'
import { DropTarget } from './DropTarget'
import { Header } from './Header'
import { useKeyboard } from './keyboard'
import { Notices } from './Notices'
import { SettingsPanel } from './SettingsPanel'
import { StepsTable } from './StepsTable'
import { UnitPanel } from './UnitPanel'

/** The bench: a unit, a run, and its curves. */
export function App() {
  const phase = useBenchState((state) => state.phase.phase)
  useKeyboard()
  return (
    <>
      <Header />
      <main className="bench" data-phase={phase}>
        <div className="column">
          <UnitPanel />
        </div>
        <div className="column">
          <Notices />
          <ControlsPanel />
          <CurvePanel quantity="loss" />
          <CurvePanel quantity="accuracy" />
          <StepsTable />
        </div>
        <div className="column">
          <DataPanel />
          <SettingsPanel />
        </div>
      </main>
      <DropTarget />
    </>
  )
}
