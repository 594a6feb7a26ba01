import { CloseButton, Kbd, Modal, Table, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { KEYS } from './keyboard'

/** The keys and what they do. Its head is no `header`, which would be a second banner of the page. */
export default function KeyboardHelp(props: { opened: boolean; onClose: () => void }) {
  const { onClose } = props
  const t = useTranslations('shell')
  const [opened, setOpened] = useState(false)
  // Not at the first render: the focus goes back to what had it when the help opened.
  useEffect(() => setOpened(props.opened), [props.opened])
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
              {KEYS.map(({ key, name }) => (
                <Table.Tr key={key}>
                  <Table.Td w={96}>
                    <Kbd>{key === ' ' ? t('spaceBar') : key}</Kbd>
                  </Table.Td>
                  <Table.Td>{t(`key.${name}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
