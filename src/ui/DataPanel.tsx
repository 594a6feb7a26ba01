import { Alert, Button, FileButton, Group, Progress, SegmentedControl, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { DataSetName, Settings } from '../run/config'
import type { DataStatus } from '../store/bench'
import { fitToData, readyShards } from '../store/data-fit'
import { useBench, useBenchState } from './bench-context'
import { bytes, integer } from './format'
import { useSettings } from './settings-context'
import { useFaultText } from './use-fault-text'

const SETS = ['shapes10', 'cifar10'] as const satisfies readonly DataSetName[]

/** Which pictures train, and where CIFAR-10 comes from. */
export function DataPanel() {
  const { settings, edit } = useSettings()
  const { name } = settings.data
  const t = useTranslations('train.data')
  const choose = (value: string) => edit((settings) => onSet(settings, value as DataSetName))
  return (
    <section className="panel" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={t('title')}
        data={SETS.map((value) => ({ value, label: t(value) }))}
        value={name}
        onChange={choose}
      />
      {name === 'shapes10' ? (
        <Text size="sm" mt="sm" c="var(--muted)">
          {t('aboutShapes')}
        </Text>
      ) : (
        <Cifar10 />
      )}
    </section>
  )
}

/** The split and augmentation that a set is usually trained with. */
const SPLIT = {
  shapes10: { name: 'shapes10', train: 9000, validation: 1000, augment: 'none' },
  cifar10: { name: 'cifar10', train: 45_000, validation: 5000, augment: 'crop-flip' },
} as const

/** The settings on another set: no more validation images than that set holds out. */
function onSet<T extends Settings>(settings: T, name: DataSetName): T {
  const data = { ...settings.data, ...SPLIT[name] }
  const { evaluate } = settings
  if (!evaluate) return { ...settings, data }
  const images = Math.min(evaluate.images, data.validation)
  return { ...settings, data, evaluate: { ...evaluate, images } }
}

function Cifar10() {
  const bench = useBench()
  const data = useBenchState((state) => state.data)
  const t = useTranslations('train.data')
  const say = useFaultText()
  return (
    <div className="cifar">
      {data.state === 'loading' && <Loading data={data} />}
      {data.state === 'failed' && (
        <Alert
          className="fault"
          variant="outline"
          color="red"
          mb="sm"
          title={t('failed')}
          role="alert"
        >
          {say(data.message)} {say(data.remedy)}
        </Alert>
      )}
      <WhatIsHere />
      <Group gap="xs" mt="sm">
        {data.state === 'loading' ? (
          <Button size="xs" variant="default" onClick={bench.cancelLoad}>
            {t('cancel')}
          </Button>
        ) : (
          readyShards(data).length < 5 && (
            <>
              <Button size="xs" onClick={() => bench.loadData({ kind: 'server' })}>
                {t('get')}
              </Button>
              <FileButton
                multiple
                accept=".bin,.gz,.tgz"
                onChange={(files) => bench.loadData({ kind: 'files', files })}
              >
                {(props) => (
                  <Button size="xs" variant="default" {...props}>
                    {t('choose')}
                  </Button>
                )}
              </FileButton>
            </>
          )
        )}
        {readyShards(data).length > 0 && data.state !== 'loading' && (
          <Button size="xs" variant="subtle" color="red" onClick={bench.removeData}>
            {t('remove')}
          </Button>
        )}
      </Group>
    </div>
  )
}

function Loading({ data }: { data: Extract<DataStatus, { state: 'loading' }> }) {
  const { received, total } = data
  const what = useFaultText()(data.what)
  const t = useTranslations('train.data')
  return (
    <div>
      <Progress
        value={total ? (100 * received) / total : 100}
        animated={total === null}
        size="sm"
        aria-label={t('loading')}
      />
      <Text className="figure" size="sm" mt={6} c="var(--muted)">
        {total
          ? t('receivedOf', { what, received: bytes(received), total: bytes(total) })
          : t('received', { what, received: bytes(received) })}
      </Text>
    </div>
  )
}

/** How many images are here, and what a run can do with them meanwhile. */
function WhatIsHere() {
  const data = useBenchState((state) => state.data)
  const { settings } = useSettings()
  const t = useTranslations('train.data')
  const shards = readyShards(data)
  if (shards.length === 0) {
    return (
      <Text role="status" size="sm" mt="xs" c="var(--muted)">
        {t('aboutCifar')}
      </Text>
    )
  }
  const fitted = fitToData(settings, shards)
  const partly = shards.length < 5
  const kept = data.state === 'ready' && !data.persisted
  return (
    <Text role="status" size="sm" mt="xs" c="var(--muted)">
      {t('here', { count: integer(shards.length * 10_000) })}{' '}
      {partly &&
        fitted &&
        t(fitted.data.validation === 0 ? 'trainsOnWithout' : 'trainsOn', {
          count: integer(fitted.data.train),
        })}{' '}
      {kept && t('notStored')}
    </Text>
  )
}
