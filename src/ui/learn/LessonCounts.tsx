import { ScrollArea, Table } from '@mantine/core'
import { useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { count } from '../../models/counts'
import { plan } from '../../models/plan'
import { useBenchState } from '../bench-context'
import { useRaceState } from '../compare/race-context'
import { LaneMark } from '../curves/LaneMark'

/** What each net of the lesson has and needs, a column a net. */
export function LessonCounts() {
  const t = useTranslations('learn')
  const format = useFormatter()
  const lanes = useRaceState((state) => state.draft.lanes)
  const speeds = useRaceState((state) => state.speeds)
  const device = useBenchState((state) => state.device)
  const counts = useMemo(() => lanes.map(({ model }) => count(plan(model))), [lanes])
  const software = device.state === 'ready' && device.software
  const timed = speeds.some((speed) => speed !== undefined)
  const rows = [
    [t('parameters'), counts.map(({ parameters }) => format.number(parameters))],
    [t('multiplyAdds'), counts.map(({ multiplyAdds }) => format.number(multiplyAdds))],
    [t('depth'), counts.map(({ depth }) => format.number(depth))],
  ] as const
  return (
    <section className="panel" aria-label={t('counts')}>
      <h2>{t('counts')}</h2>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': t('counts') }}>
        <Table className="race-table" aria-label={t('lanes')}>
          {lanes.length > 1 && (
            <Table.Thead>
              <Table.Tr>
                <Table.Td />
                {lanes.map(({ name }, lane) => (
                  <Table.Th key={name} scope="col">
                    <LaneMark lane={lane} />
                    <span>{name}</span>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
          )}
          <Table.Tbody>
            {rows.map(([label, cells]) => (
              <Table.Tr key={label}>
                <Table.Th scope="row">{label}</Table.Th>
                {cells.map((cell, lane) => (
                  <Table.Td key={lane} data-differs={cells.some((other) => other !== cells[0])}>
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
            {timed && (
              <Table.Tr>
                <Table.Th scope="row">
                  {t('stepTime')}
                  {software && <small>{t('software')}</small>}
                </Table.Th>
                {lanes.map(({ name }, lane) => (
                  <Table.Td key={name}>
                    {speeds[lane]
                      ? t('milliseconds', {
                          ms: format.number(speeds[lane].stepMs, { maximumSignificantDigits: 3 }),
                        })
                      : t('notMeasured')}
                  </Table.Td>
                ))}
              </Table.Tr>
            )}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </section>
  )
}
