import { Button, CopyButton, Table } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { Table as Figures, Report } from '../report'

/** The report as tables, and as a text to paste. */
export function Results({ report, markdown }: { report: Report; markdown: string }) {
  const { title, circumstances, faults, steps, losses, figures } = report
  return (
    <section className="panel" aria-label="Results">
      <div className="panel-head">
        <h2>{title}</h2>
        <CopyButton value={markdown}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy as Markdown'}
            </Button>
          )}
        </CopyButton>
      </div>
      <ul className="bench-circumstances">
        {circumstances.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {faults.map((sentence) => (
        <p key={sentence} className="bench-fault" role="alert">
          {sentence}
        </p>
      ))}
      <FigureTable name="One training step" table={steps} />
      <FigureTable name="Figures" table={figures} />
      <FigureTable name="Losses" table={losses} />
      <p className="bench-note">
        The first step is timed from an open device to the first loss. “Cold” holds only where the
        browser had not compiled these shaders before; “warm” is a second start. A step's limit is
        the longer of FLOP / FMA rate and bytes / copy rate.
      </p>
      <details>
        <summary>The text to paste</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
        <pre className="bench-text" tabIndex={0}>
          {markdown}
        </pre>
      </details>
    </section>
  )
}

function FigureTable({ name, table: { head, rows } }: { name: string; table: Figures }) {
  const [first, ...others] = head
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className="bench-scroll" tabIndex={0} aria-label={name}>
      <Table aria-label={name} className="bench-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{first}</Table.Th>
            {others.map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([title, ...cells]) => (
            <Table.Tr key={title}>
              <Table.Th scope="row">{title}</Table.Th>
              {cells.map((cell, i) => (
                <Table.Td key={others[i]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
