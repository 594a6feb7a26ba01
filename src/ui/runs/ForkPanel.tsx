import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RunRecord } from '../../archive/record'
import { tensors } from '../../models/parameters'
import { plan } from '../../models/plan'
import { modelName, VERSIONS, withVersion } from '../../models/presets'
import type { ModelSpec } from '../../models/spec'
import { sameJson } from '../../run/same'
import { useBench, useBenchState } from '../bench-context'
import { runName } from './run-name'

/** The tensors of a net that another one has under the same name in the same shape. */
function shared(net: ModelSpec, origin: ModelSpec): { taken: number; fresh: string[] } {
  const shapes = new Map(tensors(plan(origin)).map(({ name, shape }) => [name, String(shape)]))
  const own = tensors(plan(net))
  const fresh = own.filter(({ name, shape }) => shapes.get(name) !== String(shape))
  return { taken: own.length - fresh.length, fresh: fresh.map(({ name }) => name) }
}

/** A new run from the weights of a kept one, with the same unit or another. */
export function ForkPanel({ record }: { record: RunRecord }) {
  const bench = useBench()
  const t = useTranslations('runs.fork')
  const onBench = useBenchState((state) => state.draft.model)
  const { run } = record
  const nets = [
    { label: t('same', { net: modelName(run.model) }), model: run.model },
    ...VERSIONS.map((version) => {
      const model = withVersion(run.model, version)
      return { label: modelName(model), model }
    }),
    { label: t('onBench', { net: modelName(onBench) }), model: onBench },
  ].filter(({ model }, i, all) => all.findIndex((net) => sameJson(net.model, model)) === i)
  const [choice, setChoice] = useState(0)
  const { model } = nets[choice] ?? nets[0]!
  const { taken, fresh } = shared(model, run.model)
  const fork = () => {
    bench.fork({ id: record.id, name: runName(record) }, { ...run, model })
    window.location.hash = '#train'
  }
  return (
    <section className="panel" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p className="panel-note">{t('about')}</p>
      <NativeSelect
        label={t('net')}
        size="xs"
        my="xs"
        value={choice}
        data={nets.map(({ label }, value) => ({ label, value: String(value) }))}
        onChange={(event) => setChoice(Number(event.currentTarget.value))}
      />
      <p className="panel-note" role="status">
        {t('fit', { taken: String(taken), all: String(taken + fresh.length) })}
      </p>
      {fresh.length > 0 && (
        <details className="panel-note">
          <summary>{t('fresh', { count: String(fresh.length) })}</summary>
          {fresh.join(', ')}
        </details>
      )}
      <Button size="xs" mt="xs" disabled={taken === 0} onClick={fork}>
        {t('button')}
      </Button>
    </section>
  )
}
