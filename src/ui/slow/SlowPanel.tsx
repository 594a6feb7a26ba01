import { Button } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { Suspense, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { canTrain, isBusy } from '../../store/bench'
import { useBench, useBenchState } from '../bench-context'
import { Disclosure } from '../Disclosure'
import { part } from '../part'

const SlowPlayer = part(() => import('./SlowPlayer'))

/** One training step, played node by node with its real tensors. */
export function SlowPanel() {
  const t = useTranslations('slow')
  return (
    <Disclosure className="panel slow" summary={t('title')}>
      <Content />
    </Disclosure>
  )
}

function Content() {
  const t = useTranslations('slow')
  const bench = useBench()
  const trainable = useBenchState(canTrain)
  const busy = useBenchState(({ phase }) => isBusy(phase))
  const slow = useBenchState((state) => state.slow)
  const id = useBenchState(({ active }) => active.id)
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (!busy) setAsked(false)
  }, [busy])
  return (
    <>
      <p className="panel-note">{t('about')}</p>
      <Button
        size="xs"
        my="xs"
        leftSection={<IconPlayerTrackNext size={16} />}
        disabled={!trainable}
        loading={busy && asked}
        onClick={() => {
          setAsked(true)
          bench.stepSlowly()
        }}
      >
        {t('step')}
      </Button>
      <Suspense>{slow && <SlowPlayer key={`${id} ${slow.step}`} slow={slow} />}</Suspense>
    </>
  )
}
