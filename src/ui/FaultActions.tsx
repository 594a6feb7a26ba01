import { Button, Group } from '@mantine/core'
import { IconCopy, IconRefresh } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { CopyText } from './CopyText'

/** What to do about a fault of the page's own: try again, report it, begin anew. */
export function FaultActions({ details, onRetry }: { details: string; onRetry?: () => void }) {
  const t = useTranslations('shell.broken')
  return (
    <Group gap="xs" mt="xs">
      {onRetry && (
        <Button size="xs" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
      <CopyText
        text={details}
        icon={<IconCopy size={16} />}
        label={t('copy')}
        copiedLabel={t('copied')}
        refused={t('notCopied')}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={16} />}
        onClick={() => window.location.reload()}
      >
        {t('reload')}
      </Button>
    </Group>
  )
}
