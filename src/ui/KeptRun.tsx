import { Alert, Button, Group, List } from '@mantine/core'
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { ELSEWHERE } from '../store/client-in-turn'
import { useBench, useBenchState } from './bench-context'
import { Fault } from './Fault'
import { integer } from './format'
import { FreeSpace } from './runs/FreeSpace'
import { runName } from './runs/run-name'
import { useRuns, useRunsState } from './runs/runs-context'
import { useFaultText } from './use-fault-text'
import { useFormats } from './use-formats'

/** A run that was broken off, to resume or to leave among the runs. */
export function LastRunOffer() {
  const bench = useBench()
  const runs = useRuns()
  const offer = useRunsState((state) => state.offer)
  const t = useTranslations('train.lastRun')
  const { moment } = useFormats()
  const elsewhere = useBenchState(({ device }) => device === ELSEWHERE)
  if (!offer?.checkpoint || elsewhere) return null
  const { id, run, checkpoint } = offer
  const name = runName(offer)
  return (
    <section className="notice offer" aria-label={t('label')}>
      <IconHistory size={20} aria-hidden />
      <div role="status">
        {t.rich('offer', {
          name,
          step: integer(checkpoint.step),
          steps: integer(run.train.steps),
          time: moment(checkpoint.savedAt),
          b: (chunks) => <strong>{chunks}</strong>,
          runs: (chunks) => <a href="#runs">{chunks}</a>,
        })}
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" onClick={() => bench.resume({ id, name })}>
          {t('resume')}
        </Button>
        <Button size="xs" variant="default" onClick={() => runs.setAside()}>
          {t('notNow')}
        </Button>
      </Group>
    </section>
  )
}

/** A file that was not taken. */
export function RefusedFile() {
  const bench = useBench()
  const refused = useBenchState((state) => state.refused)
  const t = useTranslations('train')
  const say = useFaultText()
  if (!refused) return null
  return (
    <Fault title={t('refused', { name: say(refused.name) })} onClose={bench.dismissRefused}>
      {say(refused.message)} {say(refused.remedy)}
    </Fault>
  )
}

/** Lines of a link's faults that are shown; the rest are counted. */
const FAULTS_SHOWN = 6

/** A run's link of which this version reads a part. */
export function PartOfLink() {
  const bench = useBench()
  const left = useBenchState((state) => state.leftOfLink)
  return <LeftOfLink left={left} onClose={bench.dismissRefused} />
}

/** What a link says and this version could not read. */
export function LeftOfLink({ left, onClose }: { left: readonly string[]; onClose: () => void }) {
  const t = useTranslations('train.link')
  const say = useFaultText()
  const close = useTranslations('shell')('close')
  if (left.length === 0) return null
  return (
    <Alert
      className="caution"
      variant="outline"
      color="yellow"
      icon={<IconAlertTriangle />}
      title={t('title')}
      role="alert"
      withCloseButton
      closeButtonLabel={close}
      onClose={onClose}
    >
      {t('why')}
      <List size="sm">
        {left.slice(0, FAULTS_SHOWN).map((line) => (
          <List.Item key={line}>{say(line)}</List.Item>
        ))}
        {left.length > FAULTS_SHOWN && (
          <List.Item>{t('more', { count: integer(left.length - FAULTS_SHOWN) })}</List.Item>
        )}
      </List>
    </Alert>
  )
}

/** That this browser does not keep the run, or not its figures, and what to do about it. */
export function NotKept() {
  const unsaved = useBenchState((state) => state.unsaved)
  const unwritten = useRunsState((state) => state.unwritten)
  const unavailable = useRunsState((state) => state.unavailable)
  const t = useTranslations('train.storage')
  const say = useFaultText()
  const fault = unsaved ?? unwritten
  if (!fault && unavailable === undefined) return null
  const full = unsaved?.full || unwritten?.full
  return (
    <section className="notice" aria-label={t('label')}>
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <span role="status">
          {t.rich('notKept', {
            reason: fault ? say(fault.message) : t('noDatabase', { reason: unavailable ?? '' }),
            b: (chunks) => <strong>{chunks}</strong>,
          })}
        </span>
        {full && <FreeSpace />}
      </div>
    </section>
  )
}
