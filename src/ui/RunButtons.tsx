import { Button } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconRotate2,
} from '@tabler/icons-react'

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
  return (
    <>
      {busy ? (
        <Button
          w={116}
          leftSection={<IconPlayerPauseFilled size={16} />}
          aria-keyshortcuts="Space"
          onClick={trainer.pause}
        >
          Pause
        </Button>
      ) : (
        <Button
          w={116}
          leftSection={<IconPlayerPlayFilled size={16} />}
          aria-keyshortcuts="Space"
          onClick={trainer.train}
          disabled={!trainable}
        >
          Train
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPlayerSkipForwardFilled size={16} />}
        aria-keyshortcuts="s"
        onClick={trainer.step}
        disabled={!trainable}
      >
        Step
      </Button>
      <Button
        variant="default"
        leftSection={<IconRotate2 size={16} />}
        aria-keyshortcuts="r"
        onClick={trainer.reset}
        disabled={!resettable}
      >
        Reset
      </Button>
    </>
  )
}
