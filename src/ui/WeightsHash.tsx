import { ActionIcon, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { useBenchState } from './bench-context'
import { integer } from './format'

const SHOWN_DIGITS = 12

/** The hash of the weights where training rests: two people with the same one have the same net. */
export function WeightsHash() {
  const weights = useBenchState(({ phase, weights }) => {
    const rests = phase.phase === 'paused' || phase.phase === 'finished'
    return rests && weights?.step === phase.step ? weights : undefined
  })
  const t = useTranslations('train.weights')
  if (!weights) return null
  const { step, sha256 } = weights
  return (
    <div className="weights-hash">
      <span title={t('whole', { step: integer(step), sha256 })}>
        {t.rich('shown', {
          digits: sha256.slice(0, SHOWN_DIGITS),
          code: (chunks) => <code>{chunks}</code>,
        })}
      </span>
      <CopyButton value={sha256}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            title={copied ? t('copied') : t('copyWhole')}
            aria-label={t('copy')}
            onClick={copy}
          >
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        )}
      </CopyButton>
    </div>
  )
}
