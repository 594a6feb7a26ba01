import { Button, Group } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { SetBack } from '../store/bench'
import { smallerBatch } from '../store/smaller-batch'
import { integer } from './format'
import { useFaultText } from './use-fault-text'

interface Props {
  setBack: SetBack
  /** Of what trains; null where it is not to be changed. */
  batchSize: number | null
  trainSmaller: () => void
  dismiss: () => void
}

/** That training went back to its last checkpoint, why, and what to do where it rests there. */
export default function SetBackNotice({ setBack, batchSize, trainSmaller, dismiss }: Props) {
  const t = useTranslations('train.setBack')
  const close = useTranslations('shell')('close')
  const say = useFaultText()
  const { reason, step, outcome } = setBack
  const smaller = batchSize === null ? undefined : smallerBatch({ batchSize })
  return (
    <section className="notice offer" aria-label={t('label')}>
      <IconHistory size={20} aria-hidden />
      <div role="status">
        {t.rich(outcome, {
          reason: say(reason),
          step: integer(step),
          b: (chunks) => <strong>{chunks}</strong>,
        })}
      </div>
      <Group gap="xs">
        {outcome === 'repeated' && smaller !== undefined && (
          <Button size="xs" onClick={trainSmaller}>
            {t('smaller', { size: integer(smaller) })}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={dismiss}>
          {close}
        </Button>
      </Group>
    </section>
  )
}
