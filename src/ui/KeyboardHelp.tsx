import { CloseButton, Kbd, Modal, Table, Title } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { KEYS } from './keyboard'

/** The keys and what they do. Its head is no `header`, which would be a second banner of the page. */
export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('shell')
  return (
    <Modal.Root opened={opened} onClose={onClose} centered size="sm">
      <Modal.Overlay />
      <Modal.Content aria-label={t('keys')}>
        <Modal.Body pt="md">
          <div className="panel-head">
            <Title order={2} size="h5">
              {t('keys')}
            </Title>
            <CloseButton aria-label={t('close')} onClick={onClose} />
          </div>
          <Table>
            <Table.Tbody>
              {KEYS.map(({ key, name, label }) => (
                <Table.Tr key={key}>
                  <Table.Td w={96}>
                    <Kbd>{name}</Kbd>
                  </Table.Td>
                  <Table.Td>{label}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
