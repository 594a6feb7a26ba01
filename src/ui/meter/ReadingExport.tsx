import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { exportName } from '../../curves/svg'
import { readingsCsv, readingsJson } from '../../meter/files'
import type { MeteredNet } from '../../meter/net'
import type { Download } from '../../store/bench'

/** The readings that are kept, as files. */
export function ReadingExport(props: { nets: readonly MeteredNet[]; download: Download }) {
  const { nets, download } = props
  const t = useTranslations('meter')
  const save = (ending: 'csv' | 'json', write: (nets: readonly MeteredNet[]) => string) =>
    download(exportName('readings', nets, ending), new TextEncoder().encode(write(nets)))
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          flex="none"
          variant="default"
          rightSection={<IconChevronDown size={14} />}
        >
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save('csv', readingsCsv)}>{t('csv')}</Menu.Item>
        <Menu.Item onClick={() => save('json', readingsJson)}>{t('json')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
