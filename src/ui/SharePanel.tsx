import { runToHash } from '../run/link'
import { useBenchState } from './bench-context'
import { CopyLink } from './CopyLink'

/** The settings as they stand, for someone else. */
export function SharePanel() {
  const draft = useBenchState((state) => state.draft)
  const sound = useBenchState((state) => state.problems.length === 0)
  return (
    <section className="panel" aria-label="Share">
      <div className="panel-head">
        <h2>Share</h2>
        <CopyLink hash={runToHash(draft)} disabled={!sound} />
      </div>
      <p className="panel-note">
        All settings are in the link, with the seed: on the same adapter it trains the same net.
      </p>
    </section>
  )
}
