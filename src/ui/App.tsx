import { type ComponentType, lazy, Suspense, useCallback, useState } from 'react'
import { DropTarget } from './DropTarget'
import { Header } from './Header'
import { KeyboardHelp } from './KeyboardHelp'
import { useKeys } from './keyboard'
import { type Place, placeOf, useFragment } from './place'

const PAGES: Record<Place, ComponentType> = {
  train: lazy(() => import('./TrainPage')),
  compare: lazy(() => import('./compare/ComparePage')),
  runs: lazy(() => import('./runs/RunsPage')),
}

/** The page: its head, and the place that its URL names. */
export function App() {
  const [helping, setHelping] = useState(false)
  const showHelp = useCallback(() => setHelping(true), [])
  useKeys({ '?': showHelp })
  const Page = PAGES[placeOf(useFragment())]
  return (
    <>
      <Header onHelp={showHelp} />
      <Suspense fallback={<main aria-busy="true" />}>
        <Page />
      </Suspense>
      <DropTarget />
      <KeyboardHelp opened={helping} onClose={() => setHelping(false)} />
    </>
  )
}
