import { Table } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { KernelResult } from '../../store/self-test'

const COLUMNS = ['op', 'case', 'kernel', 'storage', 'error', 'allowed', 'result'] as const

/** What came of each test, a row a test. */
export function ResultTable({ results }: { results: readonly KernelResult[] }) {
  const t = useTranslations('selfTest')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="self-test-results" aria-label={t('table')} tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map((column) => (
              <Table.Th key={column}>{t(column)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {results.map((result) => (
            <Row key={`${result.op} ${result.maps} ${result.kernel} ${result.case}`} {...result} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function Row(result: KernelResult) {
  const { op, kernel, maps, tensor, error, allowed, fault, passed } = result
  const t = useTranslations('selfTest')
  const figure = Number.isNaN(error) ? '–' : error.toExponential(1)
  return (
    <Table.Tr data-passed={passed}>
      <Table.Th scope="row">{op}</Table.Th>
      <Table.Td>{result.case}</Table.Td>
      <Table.Td>{kernel}</Table.Td>
      <Table.Td>{maps}</Table.Td>
      <Table.Td>
        {tensor ? t('where', { error: figure, tensor }) : figure} {fault}
      </Table.Td>
      <Table.Td>{allowed.toExponential(1)}</Table.Td>
      <Table.Td className="self-test-result">{t(passed ? 'passed' : 'notPassed')}</Table.Td>
    </Table.Tr>
  )
}
