import { PlaceHeading } from '../PlaceHeading'

/** The runs that this browser keeps. */
export default function RunsPage() {
  return (
    <main className="place">
      <PlaceHeading>Runs</PlaceHeading>
      <p className="place-empty">
        This browser keeps the last run only: <a href="#train">Train</a> offers to resume it.
      </p>
    </main>
  )
}
