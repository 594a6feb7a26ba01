import { Suspense } from 'react'
import { useBench, useBenchState } from './bench-context'
import { part } from './part'

const SetBackNotice = part(() => import('./SetBackNotice'))

/** What became of the page's run when its device was lost. */
export function RunSetBack() {
  const { trainSmaller, dismissSetBack } = useBench()
  const setBack = useBenchState((state) => state.setBack)
  const batchSize = useBenchState((state) => state.active.run.train.batchSize)
  return (
    <Suspense>
      {setBack && (
        <SetBackNotice {...{ setBack, batchSize, trainSmaller }} dismiss={dismissSetBack} />
      )}
    </Suspense>
  )
}
