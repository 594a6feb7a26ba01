import { ScrollArea, Table } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { type Grouping, gigaPerSecond, type ProfileRow } from '../store/profile'
import { milliseconds, percent, rate } from './format'

const PASSES = ['forward', 'backward', 'update'] as const

/** The sums of a profile as bars, in the colours of the passes, and in figures. */
export default function ProfileTable({
  grouping,
  rows,
}: {
  grouping: Grouping
  rows: ProfileRow[]
}) {
  const longest = rows[0]?.share ?? 0
  const t = useTranslations('train.profile')
  return (
    <>
      <div className="profile-legend" aria-hidden>
        {PASSES.map((pass) => (
          <span key={pass}>
            <i data-pass={pass} /> {t(`pass.${pass}`)}
          </span>
        ))}
      </div>
      <ScrollArea.Autosize mah={420} viewportProps={{ tabIndex: 0 }}>
        <Table aria-label={t(`timeBy.${grouping}`)} stickyHeader className="profile-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t(`column.${grouping}`)}</Table.Th>
              <Table.Th>{t('column.share')}</Table.Th>
              <Table.Th>{t('column.milliseconds')}</Table.Th>
              <Table.Th>{t('column.flops')}</Table.Th>
              <Table.Th>{t('column.bytes')}</Table.Th>
              <Table.Th>{t('column.limit')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Row key={row.name} row={row} longest={longest} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </>
  )
}

function Row({ row, longest }: { row: ProfileRow; longest: number }) {
  const { name, launches, share, passes, flops, bytes } = row
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {name}
        {launches > 1 && <span className="profile-launches"> ×{launches}</span>}
        <span
          className="profile-bar"
          style={{ width: `${longest > 0 ? (100 * share) / longest : 0}%` }}
          aria-hidden
        >
          {PASSES.map((pass) => (
            <i
              key={pass}
              data-pass={pass}
              style={{ flexGrow: share > 0 ? passes[pass] / share : 0 }}
            />
          ))}
        </span>
      </Table.Th>
      <Table.Td>{percent(share)}</Table.Td>
      <Table.Td>{milliseconds(row.milliseconds)}</Table.Td>
      <Table.Td>{rate(gigaPerSecond(flops, row.milliseconds))}</Table.Td>
      <Table.Td>{rate(gigaPerSecond(bytes, row.milliseconds))}</Table.Td>
      <Table.Td>{row.ofLimit === undefined ? '–' : percent(row.ofLimit)}</Table.Td>
    </Table.Tr>
  )
}
