import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { NotKept } from '../KeptRun'
import { PlaceHeading } from '../PlaceHeading'
import { useFragment } from '../place'
import { RunRow } from './RunRow'
import { ExportRuns, ImportNotice, ImportRuns } from './RunsFiles'
import { listed, ORDERS, type Order } from './run-list'
import { runName } from './run-name'
import { useRuns, useRunsState } from './runs-context'
import { StoragePanel } from './StoragePanel'
import './runs.css'

const RunCurves = lazy(() => import('./RunCurves'))
const RunPage = lazy(() => import('./RunPage'))

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
  const all = useRunsState((state) => state.runs)
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Order>('newest')
  const [shown, setShown] = useState<readonly string[]>([])
  const found = listed(all ?? [], search, order)
  const overlaid = (all ?? []).filter(({ id }) => shown.includes(id))
  const show = (id: string, on: boolean) =>
    setShown((ids) => (on ? [...ids, id] : ids.filter((other) => other !== id)))
  return (
    <main className="place" aria-busy={all === undefined}>
      <PlaceHeading>Runs</PlaceHeading>
      <div className="runs-column">
        <NotKept />
        <ImportNotice />
        <Deleted />
        {all?.length === 0 && (
          <p className="place-empty">
            Every run is kept here from its first step on: settings, curves and the last checkpoint.{' '}
            <a href="#train">Train</a> one, or import runs that were exported elsewhere.
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
          <section className="panel" aria-label="Kept runs">
            <div className="run-filter">
              <TextInput
                aria-label="Search runs"
                placeholder="Search name, note, net, seed…"
                leftSection={<IconSearch size={16} />}
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
              />
              <NativeSelect
                aria-label="Order"
                value={order}
                data={Object.entries(ORDERS).map(([value, label]) => ({ value, label }))}
                onChange={(event) => setOrder(event.currentTarget.value as Order)}
              />
            </div>
            <p className="panel-note" role="status">
              {found.length === all.length ? all.length : `${found.length} of ${all.length}`} runs.
              Tick up to {MAX_SHOWN} to see their curves over each other.
            </p>
            <ul className="run-list">
              {found.map((record) => (
                <RunRow
                  key={record.id}
                  record={record}
                  shown={shown.includes(record.id)}
                  onShow={(on) => show(record.id, on)}
                  full={shown.length >= MAX_SHOWN}
                />
              ))}
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
  const deleted = useRunsState((state) => state.deleted)
  return (
    <div role="status">
      {deleted && (
        <div className="notice deleted">
          <span>
            <strong>{runName(deleted)}</strong> was deleted.
          </span>
          <Button size="compact-sm" onClick={() => runs.bringBack(deleted.id)}>
            Undo
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => runs.confirmDeletion()}>
            Remove for good
          </Button>
        </div>
      )}
    </div>
  )
}
