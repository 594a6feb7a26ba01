import { Button } from '@mantine/core'
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { canTrain, isBusy } from '../../store/bench'
import { useBench, useBenchState } from '../bench-context'
import { part } from '../part'

const SlowPlayer = part(() => import('./SlowPlayer'))

/** One training step, played node by node with its real tensors. */
export function SlowPanel() {
  const t = useTranslations('slow')
  const [open, setOpen] = useState(false)
  return (
    <details className="panel slow" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('title')}</summary>
      {open && <Content />}
    </details>
  )
}

function Content() {
  const t = useTranslations('slow')
  const bench = useBench()
  const trainable = useBenchState(canTrain)
  const busy = useBenchState(({ phase }) => isBusy(phase))
  const slow = useBenchState((state) => state.slow)
  const id = useBenchState(({ active }) => active.id)
  return (
    <>
      <p className="panel-note">{t('about')}</p>
      <Button
        size="xs"
        my="xs"
        leftSection={<IconPlayerTrackNext size={16} />}
        disabled={!trainable}
        loading={busy}
        onClick={bench.stepSlowly}
      >
        {t('step')}
      </Button>
      <Suspense>{slow && <SlowPlayer key={`${id} ${slow.step}`} slow={slow} />}</Suspense>
    </>
  )
}
