import { integer, moment } from '../format'
import { PlaceHeading } from '../PlaceHeading'
import { runName } from './run-name'
import { useRunsState } from './runs-context'

/** The runs that this browser keeps. */
export default function RunsPage() {
  const runs = useRunsState((state) => state.runs)
  return (
    <main className="place">
      <PlaceHeading>Runs</PlaceHeading>
      {runs?.length === 0 && (
        <p className="place-empty">
          Every run is kept here from its first step on. <a href="#train">Train</a> one.
        </p>
      )}
      <ul>
        {runs?.map((record) => (
          <li key={record.id}>
            {runName(record)}, {integer(record.steps)} steps, {moment(record.startedAt)}
          </li>
        ))}
      </ul>
    </main>
  )
}
