import { PlaceHeading } from '../PlaceHeading'

/** Nets trained side by side. */
export default function ComparePage() {
  return (
    <main className="place">
      <PlaceHeading>Compare</PlaceHeading>
      <p className="place-empty">
        Nets cannot be trained side by side yet. <a href="#train">Train</a> one at a time: with the
        same seed and pictures each of them sees the same batches.
      </p>
    </main>
  )
}
