import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Copies a text at a click; where the browser refuses that, the text is shown. */
export function CopyText(props: {
  text: string
  icon: ReactNode
  label: string
  copiedLabel: string
  /** Stands before the text that could not be copied. */
  refused: string
  disabled?: boolean
}) {
  const { text, icon, label, copiedLabel, refused, disabled = false } = props
  const { copied, copy, error } = useClipboard({ timeout: 3000 })
  return (
    <>
      <Button
        variant="default"
        size="xs"
        disabled={disabled}
        leftSection={copied ? <IconCheck size={16} /> : icon}
        onClick={() => copy(text)}
      >
        <span aria-live="polite">{copied ? copiedLabel : label}</span>
      </Button>
      {error && (
        <label className="link-text">
          {refused}
          <input readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </>
  )
}
