import { Button, CopyButton, Table } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type Receipt, receiptOf, receiptToMarkdown } from '../../archive/receipt'
import type { RunRecord } from '../../archive/record'
import { runToHash } from '../../run/link'
import { linkTo } from '../CopyLink'
import { runName } from './run-name'
import { useRuns } from './runs-context'

/** What the run was and gave, to copy or to print. */
export function ReceiptPanel({ record }: { record: RunRecord }) {
  const runs = useRuns()
  const [receipt, setReceipt] = useState<Receipt>()
  useEffect(() => {
    let left = false
    runs.steps(record.id).then((steps) => {
      if (!left) setReceipt(receiptOf({ record, steps }, linkTo(runToHash(record.run))))
    })
    return () => {
      left = true
    }
  }, [runs, record])
  if (!receipt) return null
  return (
    <section className="panel receipt" aria-label="Receipt">
      <div className="panel-head">
        <h2>Receipt</h2>
        <div className="run-actions">
          <CopyButton value={receiptToMarkdown(runName(record), receipt)}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                <span aria-live="polite">{copied ? 'Copied' : 'Copy as Markdown'}</span>
              </Button>
            )}
          </CopyButton>
          <Button size="xs" variant="default" onClick={() => window.print()}>
            Print
          </Button>
        </div>
      </div>
      <Table aria-label="Receipt">
        <Table.Tbody>
          {receipt.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row">{label}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
