import { ScrollArea, Table } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useBench, useBenchState } from './bench-context'
import { useFigures } from './curves/use-figures'
import { percent } from './format'
import { useRunSeries } from './run-series'

/** The first step is always there, so that two runs can be compared digit by digit. */
const LAST_ROWS = 200

/** The first step and the last ones. */
export default function StepsRows() {
  const t = useTranslations('curves')
  const { history } = useBench()
  useFigures(useRunSeries())
  const batchSize = useBenchState((state) => state.active.run.train.batchSize)
  const { loss, correct, steps } = history
  const first = Math.max(1, steps - LAST_ROWS)
  const shown = steps === 0 ? [] : [0, ...range(first, steps)]
  return (
    <ScrollArea.Autosize mah={320} mt="sm" viewportProps={{ tabIndex: 0 }}>
      <Table aria-label={t('steps.label')} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('steps.step')}</Table.Th>
            <Table.Th>{t('steps.loss')}</Table.Th>
            <Table.Th>{t('steps.accuracy')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((i) => (
            <Table.Tr key={i}>
              <Table.Td>{i + 1}</Table.Td>
              <Table.Td>{loss[i]!.toPrecision(9)}</Table.Td>
              <Table.Td>{percent(correct[i]! / batchSize)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
