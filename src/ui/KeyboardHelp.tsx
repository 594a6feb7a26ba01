import { Kbd, Modal, Table } from '@mantine/core'
import { KEYS } from './keyboard'

/** The keys and what they do. */
export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" centered>
      <Table>
        <Table.Tbody>
          {KEYS.map(({ key, label }) => (
            <Table.Tr key={key}>
              <Table.Td>
                <Kbd>{key === ' ' ? 'space' : key}</Kbd>
              </Table.Td>
              <Table.Td>{label}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
