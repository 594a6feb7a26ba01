import { Button, CopyButton, Table } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RunRecord, StepColumns } from '../../archive/record'
import { runToHash } from '../../run/link'
import { linkTo } from '../CopyLink'
import { receiptOf, receiptToMarkdown, useReceiptWords } from './receipt'
import { runName } from './run-name'
import { useRuns } from './runs-context'

/** What the run was and gave, to copy or to print. */
export function ReceiptPanel({ record }: { record: RunRecord }) {
  const runs = useRuns()
  const t = useTranslations('runs.receipt')
  const words = useReceiptWords()
  const [steps, setSteps] = useState<StepColumns>()
  useEffect(() => {
    let left = false
    runs.steps(record.id).then((steps) => {
      if (!left) setSteps(steps)
    })
    return () => {
      left = true
    }
  }, [runs, record])
  if (!steps) return null
  const receipt = receiptOf({ record, steps }, linkTo(runToHash(record.run)), words)
  return (
    <section className="panel receipt" aria-label={t('title')}>
      <div className="panel-head">
        <h2>{t('title')}</h2>
        <div className="run-actions">
          <CopyButton value={receiptToMarkdown(runName(record), receipt)}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
              </Button>
            )}
          </CopyButton>
          <Button size="xs" variant="default" onClick={() => window.print()}>
            {t('print')}
          </Button>
        </div>
      </div>
      <Table aria-label={t('title')}>
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
