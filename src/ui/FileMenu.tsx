import { ActionIcon } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import { IconDeviceFloppy, IconFileDownload, IconFolderOpen } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { useBench } from './bench-context'
import { MenuButton } from './MenuButton'

/** The run as a file, out and in. */
export function FileMenu() {
  const bench = useBench()
  const t = useTranslations('train.file')
  const dialog = useFileDialog({
    accept: '.safetensors',
    multiple: false,
    resetOnOpen: true,
    onChange: (files) => files?.[0] && bench.open(files[0]),
  })
  return (
    <MenuButton
      width={270}
      button={
        <ActionIcon variant="default" size={36} aria-label={t('label')} title={t('title')}>
          <IconDeviceFloppy size={18} />
        </ActionIcon>
      }
      entries={[
        {
          icon: <IconFileDownload size={18} />,
          label: t('checkpoint'),
          about: t('aboutCheckpoint'),
          onClick: () => bench.save('checkpoint'),
        },
        {
          icon: <IconFileDownload size={18} />,
          label: t('weights'),
          about: t('aboutWeights'),
          onClick: () => bench.save('weights'),
        },
        {
          apart: true,
          icon: <IconFolderOpen size={18} />,
          label: t('open'),
          about: t('aboutOpen'),
          onClick: dialog.open,
        },
      ]}
    />
  )
}
