import { Alert, Button, Group, List } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import { IconFileDownload, IconFolderOpen } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
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

const strong = (chunks: ReactNode) => <strong>{chunks}</strong>

/** Runs as a file: JSON to import again, CSV for a spreadsheet. */
export function ExportRuns({ records, name }: { records: readonly RunRecord[]; name: string }) {
  const runs = useRuns()
  const t = useTranslations('runs.files')
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
        {t('json')}
      </Button>
      <Button
        variant="default"
        size="xs"
        loading={reading}
        leftSection={<IconFileDownload size={16} />}
        onClick={() => save('csv', (all) => seriesCsv(all.map(runSeries)))}
      >
        {t('csv')}
      </Button>
    </>
  )
}

export function ImportRuns() {
  const runs = useRuns()
  const t = useTranslations('runs.files')
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
      {t('import')}
    </Button>
  )
}

/** What came of an import. */
export function ImportNotice() {
  const runs = useRuns()
  const say = useFaultText()
  const t = useTranslations('runs.files')
  const imported = useRunsState((state) => state.imported)
  if (!imported) return null
  const close = () => runs.store.setState({ imported: undefined })
  const outcome = ({ added, known, renamed }: Extract<Imported, { added: number }>) =>
    [
      t('added', { count: added }),
      ...(known > 0 ? [t('known', { count: known })] : []),
      ...(renamed > 0 ? [t('renamed', { count: renamed })] : []),
    ].join(' ')
  if (!('problems' in imported)) {
    return (
      <Group className="notice" role="status">
        <span>
          {t.rich('file', { file: imported.file, outcome: outcome(imported), b: strong })}
        </span>
        <Button size="compact-xs" variant="default" onClick={close}>
          {t('close')}
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
      title={t('refused', { file })}
      role="alert"
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={close}
    >
      {t('remedy')}
      <List size="sm">
        {problems.slice(0, PROBLEMS_SHOWN).map((line) => (
          <List.Item key={line}>{say(line)}</List.Item>
        ))}
        {problems.length > PROBLEMS_SHOWN && (
          <List.Item>{t('more', { count: String(problems.length - PROBLEMS_SHOWN) })}</List.Item>
        )}
      </List>
    </Alert>
  )
}
