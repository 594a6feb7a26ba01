import { count } from '../models/counts'
import type { NetworkPlan } from '../models/plan'
import { depthOf } from '../models/presets'
import { reported } from '../models/reported'
import type { MemorySummary } from '../store/bench'
import { useBenchState } from './bench-context'
import { bytes, compact, integer } from './format'

/** What the net costs before it runs, and what the paper reports for its unit. */
export function CountsPanel({ network }: { network: NetworkPlan }) {
  const cost = useBenchState((state) => state.cost)
  const { parameters, multiplyAdds } = count(network)
  const figure = reported(network.spec, depthOf(network.spec))
  return (
    <>
      <dl className="counts">
        <dt>Parameters</dt>
        <dd>{integer(parameters)}</dd>
        <dt>Multiply-adds an image, forward</dt>
        <dd title={integer(multiplyAdds)}>{compact(multiplyAdds)}</dd>
        <dt>GPU memory of the run</dt>
        <dd>{cost ? bytes(cost.gpuBytes) : '–'}</dd>
        <dt>Dispatches a step</dt>
        <dd>{cost ? integer(cost.dispatches) : '–'}</dd>
      </dl>
      {cost && <MemoryDetails memory={cost.memory} />}
      {figure && (
        <p className="reported">
          {figure.net}: <strong>{figure.error}</strong> test error on CIFAR-10 ({figure.source})
        </p>
      )}
    </>
  )
}

/** What the GPU memory is for, and the biggest buffers. */
function MemoryDetails({ memory: { use, largest } }: { memory: MemorySummary }) {
  return (
    <details className="memory">
      <summary>What the GPU memory is for</summary>
      <dl className="counts">
        <dt>Weights, gradients, velocities</dt>
        <dd>{bytes(use.weights)}</dd>
        <dt>Maps kept for the way back</dt>
        <dd>{bytes(use.saved)}</dd>
        <dt>Scratch</dt>
        <dd>{bytes(use.scratch)}</dd>
        <dt>Images, labels, metrics</dt>
        <dd>{bytes(use.input)}</dd>
      </dl>
      <p className="memory-head">The biggest buffers, by the tensor that they are made for</p>
      <ol className="counts">
        {largest.map(({ label, bytes: size }, i) => (
          <li key={i}>
            <span>{label}</span> <span>{bytes(size)}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
