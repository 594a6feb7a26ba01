import { Button, Group, Progress, Switch } from '@mantine/core'
import { IconClipboard, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useStore } from 'zustand'
import { createSelfTest, type SelfTestState } from '../../store/self-test'
import { CopyText } from '../CopyText'
import { Fault } from '../Fault'
import { integer } from '../format'
import { PlaceHeading } from '../PlaceHeading'
import { useFaultText } from '../use-fault-text'
import { ResultTable } from './ResultTable'
import './self-test.css'

/** Every kernel against its reference on the user's GPU; begun by a click, ended by leaving. */
export default function SelfTestPage() {
  const [selfTest] = useState(() => createSelfTest())
  const state = useStore(selfTest.store)
  const [onlyWrong, setOnlyWrong] = useState(false)
  const t = useTranslations('selfTest')
  useEffect(() => selfTest.cancel, [selfTest])
  const { results, phase } = state
  const running = phase.phase === 'running'
  return (
    <main className="place self-test" data-phase={phase.phase}>
      <PlaceHeading>{t('title')}</PlaceHeading>
      <p>{t('intro')}</p>
      <Group gap="sm">
        {running ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={18} />}
            onClick={selfTest.cancel}
          >
            {t('cancel')}
          </Button>
        ) : (
          <Button leftSection={<IconPlayerPlay size={18} />} onClick={selfTest.begin}>
            {t(phase.phase === 'idle' ? 'begin' : 'again')}
          </Button>
        )}
        {phase.phase === 'done' && (
          <CopyText
            text={phase.text}
            icon={<IconClipboard size={16} />}
            label={t('copy')}
            copiedLabel={t('copied')}
            refused={t('notCopied')}
          />
        )}
      </Group>
      {running && <Running {...state} />}
      <div aria-live="polite">
        <Outcome {...state} />
      </div>
      {results.length > 0 && (
        <>
          <Switch
            label={t('onlyWrong')}
            checked={onlyWrong}
            onChange={(event) => setOnlyWrong(event.currentTarget.checked)}
          />
          <ResultTable results={onlyWrong ? results.filter(({ passed }) => !passed) : results} />
        </>
      )}
    </main>
  )
}

const wrongOf = ({ results }: SelfTestState) => results.filter(({ passed }) => !passed).length

function Running(state: SelfTestState) {
  const t = useTranslations('selfTest')
  const { adapter, results, total } = state
  if (adapter === undefined) return <p>{t('connecting')}</p>
  const done = results.length
  const progress = t('progress', { done: integer(done), total: integer(total), adapter })
  return (
    <div>
      <Progress value={(100 * done) / total} aria-label={progress} />
      <p className="self-test-note">
        {progress} · {t('wrongSoFar', { count: wrongOf(state) })}
      </p>
    </div>
  )
}

function Outcome(state: SelfTestState) {
  const t = useTranslations('selfTest')
  const say = useFaultText()
  const { phase, total, adapter = '' } = state
  const count = wrongOf(state)
  switch (phase.phase) {
    case 'idle':
    case 'running':
      return null
    case 'cancelled':
      return <p>{t('cancelled')}</p>
    case 'failed':
      return (
        <Fault title={t('failed')}>
          {say(phase.message)} {say(phase.remedy)}
        </Fault>
      )
    case 'done':
      if (count === 0) return <p>{t('right', { total: integer(total), adapter })}</p>
      return (
        <Fault title={t('wrong', { count: integer(count), total: integer(total), adapter })}>
          {phase.excluded.length > 0 && <p>{t('excluded', { list: phase.excluded.join(', ') })}</p>}
          {phase.refused.length > 0 && <p>{t('refused', { list: phase.refused.join(', ') })}</p>}
          {!phase.kept && <p>{t('notKept')}</p>}
        </Fault>
      )
    default:
      return phase satisfies never
  }
}
