import { Suspense } from 'react'
import { part } from '../part'
import { useRace, useRaceState } from './race-context'

const SetBackNotice = part(() => import('../SetBackNotice'))

/** What became of the nets when their device was lost; a lesson's stay as the lesson wants them. */
export function RaceSetBack({ ofLesson = false }) {
  const { trainSmaller, dismissSetBack } = useRace()
  const setBack = useRaceState((state) => state.setBack)
  const batchSize = useRaceState((state) => state.active?.comparison.train.batchSize ?? null)
  return (
    <Suspense>
      {setBack && (
        <SetBackNotice
          {...{ setBack, trainSmaller }}
          batchSize={ofLesson ? null : batchSize}
          dismiss={dismissSetBack}
        />
      )}
    </Suspense>
  )
}
