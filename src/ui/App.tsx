import { type ComponentType, Suspense, useCallback, useEffect, useState } from 'react'
import { useBenchState } from './bench-context'
import { DropTarget } from './DropTarget'
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
}
const VisitNotice = part(() => import('./VisitNotice'))
const KeyboardHelp = part(() => import('./KeyboardHelp'))

/** The page: its head, and the place that its URL names. */
export function App() {
  const [help, setHelp] = useState<'unasked' | 'opened' | 'closed'>('unasked')
  const showHelp = useCallback(() => setHelp('opened'), [])
  useKeys({ '?': showHelp })
  const connecting = useBenchState(({ device }) => device.state === 'connecting')
  useEffect(() => (connecting ? undefined : loadRest()), [connecting])
  const Page = PAGES[placeOf(useFragment())]
  return (
    <>
      {!VISIT.embed && <Header onHelp={showHelp} />}
      <Suspense>{VISIT.unknown.length > 0 && <VisitNotice />}</Suspense>
      <Suspense fallback={<main aria-busy="true" />}>
        <Page />
      </Suspense>
      <DropTarget />
      <Suspense>
        {help !== 'unasked' && (
          <KeyboardHelp opened={help === 'opened'} onClose={() => setHelp('closed')} />
        )}
      </Suspense>
    </>
  )
}
