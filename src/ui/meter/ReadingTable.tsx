import { NativeSelect, ScrollArea, Table } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { figure } from '../../meter/format'
import type { MeteredNet } from '../../meter/net'
import { present, quantityOf, UNIT_QUANTITIES } from '../../meter/quantities'
import { Disclosure } from '../Disclosure'

/** The last reading of a net as a table, a row a unit: what all charts show. */
export function ReadingTable({ nets }: { nets: readonly MeteredNet[] }) {
  const t = useTranslations('meter.table')
  return (
    <Disclosure className="curve-table" summary={t('summary')}>
      <Rows nets={nets} />
    </Disclosure>
  )
}

function Rows({ nets }: { nets: readonly MeteredNet[] }) {
  const read = nets.filter(({ history }) => history.last)
  const t = useTranslations('meter')
  const [id, setId] = useState<string>()
  const net = read.find((one) => one.id === id) ?? read[0]!
  const { units } = net.history.last!
  const quantities = present(UNIT_QUANTITIES, units)
  return (
    <>
      {read.length > 1 && (
        <NativeSelect
          size="xs"
          mt="sm"
          w="fit-content"
          aria-label={t('table.lane')}
          data={read.map(({ id, name }) => ({ value: id, label: name }))}
          value={net.id}
          onChange={({ currentTarget }) => setId(currentTarget.value)}
        />
      )}
      <ScrollArea.Autosize mah={360} mt="sm" viewportProps={{ tabIndex: 0 }}>
        <Table
          aria-label={t('table.label', { net: net.name })}
          className="reading-table"
          stickyHeader
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('table.unit')}</Table.Th>
              <Table.Th>{t('table.in')}</Table.Th>
              {quantities.map((quantity) => (
                <Table.Th key={quantity}>{t(`quantity.${quantity}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {units.map((unit) => (
              <Table.Tr key={unit.name}>
                <Table.Th scope="row">{unit.name}</Table.Th>
                <Table.Td>{t('stage', { stage: String(unit.stage + 1) })}</Table.Td>
                {quantities.map((quantity) => (
                  <Table.Td key={quantity}>{figure(quantityOf(unit, quantity))}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </>
  )
}
