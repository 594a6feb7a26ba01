import type { KernelStatus } from '../store/bench'
import { useBenchState } from './bench-context'
import { integer } from './format'

/** One quiet line: by which kernels the run is computed, and what tuning has found. */
export function KernelsNote() {
  const kernels = useBenchState((state) => state.kernels)
  if (!kernels) return null
  return (
    <>
      <p className="profile-note">
        Kernels: {choices(kernels)}.{news(kernels)}
      </p>
      {kernels.excluded.length > 0 && (
        <details className="profile-note">
          <summary>Wrong on this adapter, and not used: {integer(kernels.excluded.length)}</summary>
          <ul>
            {kernels.excluded.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const DEFAULTS: Record<KernelStatus['defaults'], string> = {
  software: 'defaults for software adapters',
  tiles: 'defaults for GPUs with fast workgroup memory',
  registers: 'defaults, which compute in registers',
}

function choices({ resumed, tuned, shapes, defaults }: KernelStatus): string {
  if (resumed) return 'those that the run was begun with'
  if (tuned === 0) return DEFAULTS[defaults]
  return `tuned for this adapter (${integer(tuned)} of ${integer(shapes)} shapes of convolutions)`
}

function news({ tuning, othersNext, resumed }: KernelStatus): string {
  if (tuning) return ' Others are being timed between the steps.'
  if (!othersNext) return ''
  return resumed
    ? " A new start takes this adapter's own."
    : ' Faster ones have been found: the next start takes them.'
}
