import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { exportName } from '../../curves/svg'
import { readingsCsv, readingsJson } from '../../meter/files'
import type { MeteredNet } from '../../meter/net'
import type { Download } from '../../store/bench'
import { MenuButton } from '../MenuButton'

/** The readings that are kept, as files. */
export function ReadingExport(props: { nets: readonly MeteredNet[]; download: Download }) {
  const { nets, download } = props
  const t = useTranslations('meter')
  const curves = useTranslations('curves')
  const more = (count: number) => curves('export.more', { count: String(count) })
  const save = (ending: 'csv' | 'json', write: (nets: readonly MeteredNet[]) => string) => () =>
    download(exportName('readings', nets, ending, more), new TextEncoder().encode(write(nets)))
  return (
    <MenuButton
      button={
        <Button
          size="xs"
          flex="none"
          variant="default"
          aria-label={t('exportReadings')}
          rightSection={<IconChevronDown size={14} />}
        >
          {t('export')}
        </Button>
      }
      entries={[
        { label: t('csv'), onClick: save('csv', readingsCsv) },
        { label: t('json'), onClick: save('json', readingsJson) },
      ]}
    />
  )
}
