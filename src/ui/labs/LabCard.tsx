import { Button } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { plan } from '../../models/plan'
import type { DataConfig } from '../../run/config'
import { type LabCell, type LabTable, labCellOf, labRun } from '../../run/labs'
import { sameJson } from '../../run/same'
import { isBusy } from '../../store/bench'
import { newestOf } from '../../store/labs'
import { useBench, useBenchState } from '../bench-context'
import { useFragment } from '../place'
import { useRunsState } from '../runs/runs-context'
import { UnitDiagram } from '../UnitDiagram'
import { useFormats } from '../use-formats'
import { KeptTraining, LiveTraining } from './LabTraining'
import { useLabs } from './labs-context'

interface CardProps {
  table: LabTable
  cell: LabCell
  pictures: DataConfig['name']
}

/** A cell: the unit, the paper's figure, what was trained here, and why. */
export function LabCard({ table, cell, pictures }: CardProps) {
  const t = useTranslations('labs')
  const { unit, paper } = cell
  const name = t(`unit.${unit}.name`)
  const { paperError } = useFormats()
  return (
    <CardFrame table={table} id={cell.id}>
      <h4>
        <a href={`#labs/${table}/${cell.id}`}>{name}</a>
      </h4>
      <CellDiagram cell={cell} />
      <p className="lab-paper">
        <strong>{paperError(paper.error)}</strong> {t('paper', { net: paper.net })}
      </p>
      <p className="lab-why">{t(`unit.${unit}.why`)}</p>
      <CellTraining cell={cell} pictures={pictures} name={name} />
    </CardFrame>
  )
}

/** A cell that the page's address names comes into view, with the focus on it. */
function CardFrame(props: { table: LabTable; id: string; children: React.ReactNode }) {
  const { table, id, children } = props
  const frame = useRef<HTMLElement>(null)
  const named = labCellOf(useFragment())
  const here = named?.table === table && named.id === id
  useEffect(() => {
    if (!here) return
    frame.current?.scrollIntoView({ block: 'start' })
    frame.current?.focus({ preventScroll: true })
  }, [here])
  return (
    <article ref={frame} className="panel lab-card" tabIndex={-1} data-here={here || undefined}>
      {children}
    </article>
  )
}

function CellDiagram({ cell }: { cell: LabCell }) {
  const network = useMemo(() => plan(cell.model), [cell])
  return <UnitDiagram network={network} unit={network.units.findLast((u) => !u.changesShape)!} />
}

function CellTraining(props: Omit<CardProps, 'table'> & { name: string }) {
  const { cell, pictures, name } = props
  const t = useTranslations('labs')
  const bench = useBench()
  const labs = useLabs()
  const live = useBenchState(
    ({ active, phase }) => phase.phase !== 'idle' && sameJson(active.run.model, cell.model),
  )
  const busy = useBenchState(({ phase }) => live && isBusy(phase))
  const possible = useBenchState(({ device }) => device.state !== 'unavailable')
  const record = useRunsState(({ runs }) => newestOf(cell.model, runs))
  return (
    <>
      {live && <LiveTraining />}
      {!live && record && <KeptTraining record={record} />}
      {!live && !record && <p className="lab-empty">{t('untrained')}</p>}
      {busy ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPauseFilled size={14} />}
          aria-label={t('pauseOf', { name })}
          onClick={bench.pause}
        >
          {t('pause')}
        </Button>
      ) : (
        <Button
          size="xs"
          leftSection={<IconPlayerPlayFilled size={14} />}
          aria-label={t('trainOf', { name })}
          disabled={!possible}
          onClick={() => labs.train(labRun(cell.model, pictures))}
        >
          {record || live ? t('trainAgain') : t('train')}
        </Button>
      )}
    </>
  )
}
