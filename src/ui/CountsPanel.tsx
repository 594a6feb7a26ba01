import { useTranslations } from 'use-intl'
import { count } from '../models/counts'
import type { NetworkPlan } from '../models/plan'
import { depthOf } from '../models/presets'
import { reported } from '../models/reported'
import type { MemorySummary } from '../store/bench'
import { useBenchState } from './bench-context'
import { bytes, compact, integer } from './format'
import { useFormats } from './use-formats'

/** What the net costs before it runs, and what the paper reports for its unit. */
export function CountsPanel({ network }: { network: NetworkPlan }) {
  const cost = useBenchState((state) => state.cost)
  const t = useTranslations('train.counts')
  const { parameters, multiplyAdds } = count(network)
  const { paperError } = useFormats()
  const figure = reported(network.spec, depthOf(network.spec))
  return (
    <>
      <dl className="counts">
        <dt>{t('parameters')}</dt>
        <dd>{integer(parameters)}</dd>
        <dt>{t('multiplyAdds')}</dt>
        <dd title={integer(multiplyAdds)}>{compact(multiplyAdds)}</dd>
        <dt>{t('memory')}</dt>
        <dd>{cost ? bytes(cost.gpuBytes) : '–'}</dd>
        <dt>{t('dispatches')}</dt>
        <dd>{cost ? integer(cost.dispatches) : '–'}</dd>
      </dl>
      {cost && <MemoryDetails memory={cost.memory} />}
      {figure && (
        <p className="reported">
          {t.rich('reported', {
            ...figure,
            error: paperError(figure.error),
            b: (chunks) => <strong>{chunks}</strong>,
          })}
        </p>
      )}
    </>
  )
}

/** What the GPU memory is for, and the biggest buffers. */
function MemoryDetails({ memory: { use, largest } }: { memory: MemorySummary }) {
  const t = useTranslations('train.counts')
  return (
    <details className="memory">
      <summary>{t('memoryUse')}</summary>
      <dl className="counts">
        <dt>{t('weights')}</dt>
        <dd>{bytes(use.weights)}</dd>
        <dt>{t('saved')}</dt>
        <dd>{bytes(use.saved)}</dd>
        <dt>{t('scratch')}</dt>
        <dd>{bytes(use.scratch)}</dd>
        <dt>{t('input')}</dt>
        <dd>{bytes(use.input)}</dd>
      </dl>
      <p className="memory-head">{t('largest')}</p>
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
