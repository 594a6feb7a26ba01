import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RunRecord } from '../../archive/record'
import { NotKept } from '../KeptRun'
import { PlaceHeading } from '../PlaceHeading'
import { part } from '../part'
import { useFragment } from '../place'
import { RaceRows } from './RaceRows'
import { RunRow } from './RunRow'
import { ExportRuns, ImportNotice, ImportRuns } from './RunsFiles'
import { grouped, listed, ORDERS, type Order } from './run-list'
import { runName } from './run-name'
import { useRuns, useRunsState } from './runs-context'
import { StoragePanel } from './StoragePanel'
import './runs.css'

const RunCurves = part(() => import('./RunCurves'))
const RunPage = part(() => import('./RunPage'))

/** Curves that one chart can tell apart by colour, dashes and markers. */
const MAX_SHOWN = 6

/** The runs that this browser keeps, or the one that the URL names. */
export default function RunsPage() {
  const [, id] = useFragment().split('/')
  if (!id) return <RunList />
  return (
    <Suspense fallback={<main aria-busy="true" />}>
      <RunPage key={id} id={id} />
    </Suspense>
  )
}

function RunList() {
  const t = useTranslations('runs')
  const all = useRunsState((state) => state.runs)
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Order>('newest')
  const [shown, setShown] = useState<readonly string[]>([])
  const found = listed(all ?? [], search, order)
  const overlaid = (all ?? []).filter(({ id }) => shown.includes(id))
  const show = (id: string, on: boolean) =>
    setShown((ids) => (on ? [...ids, id] : ids.filter((other) => other !== id)))
  const row = (record: RunRecord) => (
    <RunRow
      key={record.id}
      record={record}
      shown={shown.includes(record.id)}
      onShow={(on) => show(record.id, on)}
      full={shown.length >= MAX_SHOWN}
    />
  )
  return (
    <main className="place" aria-busy={all === undefined}>
      <PlaceHeading>{t('title')}</PlaceHeading>
      <div className="runs-column">
        <NotKept />
        <ImportNotice />
        <Deleted />
        {all?.length === 0 && (
          <p className="place-empty">
            {t.rich('empty', { train: (chunks) => <a href="#train">{chunks}</a> })}
          </p>
        )}
        <div className="run-actions">
          <ImportRuns />
          {found.length > 0 && <ExportRuns records={found} name="runs" />}
        </div>
        {overlaid.length > 0 && (
          <Suspense>
            <RunCurves records={overlaid} />
          </Suspense>
        )}
        {all !== undefined && all.length > 0 && (
          <section className="panel" aria-label={t('list.label')}>
            <div className="run-filter">
              <TextInput
                aria-label={t('list.search')}
                placeholder={t('list.hint')}
                leftSection={<IconSearch size={16} />}
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
              />
              <NativeSelect
                aria-label={t('list.order')}
                value={order}
                data={ORDERS.map((value) => ({ value, label: t(`list.by.${value}`) }))}
                onChange={(event) => setOrder(event.currentTarget.value as Order)}
              />
            </div>
            <p className="panel-note" role="status">
              {t(found.length === all.length ? 'list.all' : 'list.found', {
                ...{ found: String(found.length), all: all.length, most: String(MAX_SHOWN) },
              })}
            </p>
            <ul className="run-list">
              {grouped(found).map(({ id, race, records }) =>
                race ? (
                  <RaceRows key={id} race={race}>
                    {records.map(row)}
                  </RaceRows>
                ) : (
                  records.map(row)
                ),
              )}
            </ul>
          </section>
        )}
        <StoragePanel />
      </div>
    </main>
  )
}

/** The run that was deleted last can be brought back. */
function Deleted() {
  const runs = useRuns()
  const t = useTranslations('runs.deleted')
  const deleted = useRunsState((state) => state.deleted)
  return (
    <div role="status">
      {deleted && (
        <div className="notice deleted">
          <span>
            {t.rich('done', {
              name: runName(deleted),
              b: (chunks) => <strong>{chunks}</strong>,
            })}
          </span>
          <Button size="compact-sm" onClick={() => runs.bringBack(deleted.id)}>
            {t('undo')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => runs.confirmDeletion()}>
            {t('forGood')}
          </Button>
        </div>
      )}
    </div>
  )
}
