import { type ComponentType, Suspense, useCallback, useEffect, useState } from 'react'
import type { PageNotices } from '../store/start'
import { useBenchState } from './bench-context'
import { DropTarget } from './DropTarget'
import { Foot } from './Foot'
import { Guard } from './Guard'
import { Header } from './Header'
import { useKeys } from './keyboard'
import { loadRest, part } from './part'
import { type Place, placeOf, useFragment } from './place'
import { VISIT } from './Unless'

const PAGES: Record<Place, ComponentType> = {
  train: part(() => import('./TrainPage')),
  compare: part(() => import('./compare/ComparePage')),
  labs: part(() => import('./labs/LabsPage')),
  learn: part(() => import('./learn/LearnPage')),
  runs: part(() => import('./runs/RunsPage')),
  'self-test': part(() => import('./self-test/SelfTestPage')),
}
const VisitNotice = part(() => import('./VisitNotice'))
const Notices = part(() => import('./PageNotices'))
const KeyboardHelp = part(() => import('./KeyboardHelp'))

/** The page: its head, and the place that its URL names. */
export function App({ notices }: { notices: PageNotices }) {
  const [help, setHelp] = useState<'unasked' | 'opened' | 'closed'>('unasked')
  const showHelp = useCallback(() => setHelp('opened'), [])
  useKeys({ '?': showHelp })
  const connecting = useBenchState(({ device }) => device.state === 'connecting')
  const { update } = notices
  useEffect(() => (connecting ? undefined : loadRest(update.begin)), [connecting, update])
  const Page = PAGES[placeOf(useFragment())]
  return (
    <>
      {!VISIT.embed && (
        <Guard>
          <Header onHelp={showHelp} />
        </Guard>
      )}
      <Suspense>
        <div className="page-notices">
          <Notices {...notices} />
          {VISIT.unknown.length > 0 && <VisitNotice />}
        </div>
      </Suspense>
      <Guard>
        <Suspense fallback={<main aria-busy="true" />}>
          <Page />
        </Suspense>
      </Guard>
      {!VISIT.embed && <Foot />}
      <Guard>
        <DropTarget />
      </Guard>
      <Suspense>
        {help !== 'unasked' && (
          <KeyboardHelp opened={help === 'opened'} onClose={() => setHelp('closed')} />
        )}
      </Suspense>
    </>
  )
}
