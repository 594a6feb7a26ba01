import { ActionIcon, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useBenchState } from './bench-context'
import { integer } from './format'

const SHOWN_DIGITS = 12

/** The hash of the weights where training rests: two people with the same one have the same net. */
export function WeightsHash() {
  const weights = useBenchState(({ phase, weights }) => {
    const rests = phase.phase === 'paused' || phase.phase === 'finished'
    return rests && weights?.step === phase.step ? weights : undefined
  })
  if (!weights) return null
  const { step, sha256 } = weights
  return (
    <div className="weights-hash">
      <span title={`SHA-256 of all tensors after step ${integer(step)}: ${sha256}`}>
        Weights <code>{sha256.slice(0, SHOWN_DIGITS)}…</code>
      </span>
      <CopyButton value={sha256}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            title={copied ? 'Copied' : 'Copy the whole hash'}
            aria-label="Copy the hash of the weights"
            onClick={copy}
          >
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        )}
      </CopyButton>
    </div>
  )
}
