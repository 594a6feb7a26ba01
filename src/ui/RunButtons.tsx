import { Button } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconRotate2,
} from '@tabler/icons-react'
import { useTranslations } from 'use-intl'

/** What trains: the bench's run, or a race. */
interface Trainer {
  train(): void
  pause(): void
  step(): void
  reset(): void
}

/** Train or Pause, Step, Reset. */
export function RunButtons(props: {
  trainer: Trainer
  busy: boolean
  trainable: boolean
  resettable: boolean
}) {
  const { trainer, busy, trainable, resettable } = props
  const t = useTranslations('train.run')
  return (
    <>
      {busy ? (
        <Button
          w={116}
          leftSection={<IconPlayerPauseFilled size={16} />}
          aria-keyshortcuts="Space"
          onClick={trainer.pause}
        >
          {t('pause')}
        </Button>
      ) : (
        <Button
          w={116}
          leftSection={<IconPlayerPlayFilled size={16} />}
          aria-keyshortcuts="Space"
          onClick={trainer.train}
          disabled={!trainable}
        >
          {t('train')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPlayerSkipForwardFilled size={16} />}
        aria-keyshortcuts="s"
        onClick={trainer.step}
        disabled={!trainable}
      >
        {t('step')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconRotate2 size={16} />}
        aria-keyshortcuts="r"
        onClick={trainer.reset}
        disabled={!resettable}
      >
        {t('reset')}
      </Button>
    </>
  )
}
