import { count } from '../models/counts'
import type { NetworkPlan } from '../models/plan'
import { depthOf } from '../models/presets'
import { reported } from '../models/reported'
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
      {figure && (
        <p className="reported">
          {figure.net}: <strong>{figure.error}</strong> test error on CIFAR-10 ({figure.source})
        </p>
      )}
    </>
  )
}
