import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconLink } from '@tabler/icons-react'
import type { RunConfig } from '../run/config'
import { runToHash } from '../run/link'

/** The URL that opens this page with a run's settings. */
export function linkTo(run: RunConfig): string {
  return `${window.location.origin}${window.location.pathname}${runToHash(run)}`
}

/** Copies a URL that opens the page with these settings; where that is refused, it is shown. */
export function CopyLink({ run, disabled = false }: { run: RunConfig; disabled?: boolean }) {
  const { copied, copy, error } = useClipboard({ timeout: 3000 })
  const link = linkTo(run)
  return (
    <>
      <Button
        variant="default"
        size="xs"
        disabled={disabled}
        leftSection={copied ? <IconCheck size={16} /> : <IconLink size={16} />}
        onClick={() => copy(link)}
      >
        <span aria-live="polite">{copied ? 'Link copied' : 'Copy link'}</span>
      </Button>
      {error && (
        <label className="link-text">
          The browser does not let the page copy. The link:
          <input readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </>
  )
}
