import { Alert, Button, Group, List } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import { IconFileDownload, IconFolderOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { exportRuns, type WholeRun } from '../../archive/exchange'
import type { RunRecord } from '../../archive/record'
import { seriesCsv } from '../../curves/csv'
import { importRuns } from '../../store/import-runs'
import type { Imported } from '../../store/kept-runs'
import { useBench } from '../bench-context'
import { useFaultText } from '../use-fault-text'
import { runSeries } from './run-series'
import { useRuns, useRunsState } from './runs-context'

const PROBLEMS_SHOWN = 6

/** Runs as a file: JSON to import again, CSV for a spreadsheet. */
export function ExportRuns({ records, name }: { records: readonly RunRecord[]; name: string }) {
  const runs = useRuns()
  const { download } = useBench()
  const [reading, setReading] = useState(false)
  const save = async (ending: string, write: (all: readonly WholeRun[]) => string) => {
    setReading(true)
    const all: WholeRun[] = []
    for (const record of records) all.push({ record, steps: await runs.steps(record.id) })
    download(`${name}.${ending}`, new TextEncoder().encode(write(all)))
    setReading(false)
  }
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={reading}
        leftSection={<IconFileDownload size={16} />}
        onClick={() => save('runs.json', (all) => exportRuns(all, Date.now()))}
      >
        Export JSON
      </Button>
      <Button
        variant="default"
        size="xs"
        loading={reading}
        leftSection={<IconFileDownload size={16} />}
        onClick={() => save('csv', (all) => seriesCsv(all.map(runSeries)))}
      >
        Export CSV
      </Button>
    </>
  )
}

export function ImportRuns() {
  const runs = useRuns()
  const dialog = useFileDialog({
    accept: '.json,application/json',
    multiple: false,
    resetOnOpen: true,
    onChange: (files) => files?.[0] && importRuns(runs, files[0]),
  })
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconFolderOpen size={16} />}
      onClick={dialog.open}
    >
      Import…
    </Button>
  )
}

/** What came of an import. */
export function ImportNotice() {
  const runs = useRuns()
  const say = useFaultText()
  const imported = useRunsState((state) => state.imported)
  if (!imported) return null
  const close = () => runs.store.setState({ imported: undefined })
  if (!('problems' in imported)) {
    return (
      <Group className="notice" role="status">
        <span>
          <strong>{imported.file}:</strong> {outcome(imported)}.
        </span>
        <Button size="compact-xs" variant="default" onClick={close}>
          Close
        </Button>
      </Group>
    )
  }
  const { file, problems } = imported
  return (
    <Alert
      className="fault"
      variant="outline"
      color="red"
      title={`${file} was not taken`}
      role="alert"
      withCloseButton
      closeButtonLabel="Close"
      onClose={close}
    >
      Import a file that this page has exported.
      <List size="sm">
        {problems.slice(0, PROBLEMS_SHOWN).map((line) => (
          <List.Item key={line}>{say(line)}</List.Item>
        ))}
        {problems.length > PROBLEMS_SHOWN && (
          <List.Item>{problems.length - PROBLEMS_SHOWN} more</List.Item>
        )}
      </List>
    </Alert>
  )
}

function outcome({ added, known, renamed }: Extract<Imported, { added: number }>): string {
  const count = (runs: number) => `${runs} ${runs === 1 ? 'run' : 'runs'}`
  const parts = [`${count(added)} added`]
  if (known > 0) parts.push(`${count(known)} here already`)
  if (renamed > 0)
    parts.push(`${count(renamed)} added under another id beside the one that is here`)
  return parts.join(', ')
}
