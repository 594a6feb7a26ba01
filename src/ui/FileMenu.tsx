import { ActionIcon } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import { IconDeviceFloppy, IconFileDownload, IconFolderOpen } from '@tabler/icons-react'
import { useBench } from './bench-context'
import { MenuButton } from './MenuButton'

/** The run as a file, out and in. */
export function FileMenu() {
  const bench = useBench()
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
        <ActionIcon variant="default" size={36} aria-label="File" title="Save or open a run">
          <IconDeviceFloppy size={18} />
        </ActionIcon>
      }
      entries={[
        {
          icon: <IconFileDownload size={18} />,
          label: 'Save checkpoint',
          about: 'to go on from, to the bit',
          onClick: () => bench.save('checkpoint'),
        },
        {
          icon: <IconFileDownload size={18} />,
          label: 'Save weights',
          about: "the tensors alone, by PyTorch's names",
          onClick: () => bench.save('weights'),
        },
        {
          apart: true,
          icon: <IconFolderOpen size={18} />,
          label: 'Open…',
          about: 'a checkpoint or weights, .safetensors',
          onClick: dialog.open,
        },
      ]}
    />
  )
}
