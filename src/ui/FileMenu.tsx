import { ActionIcon, Menu, Text } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import { IconDeviceFloppy, IconFileDownload, IconFolderOpen } from '@tabler/icons-react'
import { useBench } from './bench-context'

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
    <Menu position="bottom-end" shadow="md" width={270}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="File" title="Save or open a run">
          <IconDeviceFloppy size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Item
          icon={<IconFileDownload size={18} />}
          label="Save checkpoint"
          about="to go on from, to the bit"
          onClick={() => bench.save('checkpoint')}
        />
        <Item
          icon={<IconFileDownload size={18} />}
          label="Save weights"
          about="the tensors alone, by PyTorch's names"
          onClick={() => bench.save('weights')}
        />
        <Menu.Divider />
        <Item
          icon={<IconFolderOpen size={18} />}
          label="Open…"
          about="a checkpoint or weights, .safetensors"
          onClick={dialog.open}
        />
      </Menu.Dropdown>
    </Menu>
  )
}

function Item(props: { icon: React.ReactNode; label: string; about: string; onClick: () => void }) {
  const { icon, label, about, onClick } = props
  return (
    <Menu.Item leftSection={icon} onClick={onClick}>
      {label}
      <Text size="xs" c="var(--muted)">
        {about}
      </Text>
    </Menu.Item>
  )
}
