import { Alert, Button, FileButton, Group, Progress, SegmentedControl, Text } from '@mantine/core'
import type { DataSetName, Settings } from '../run/config'
import type { DataStatus } from '../store/bench'
import { fitToData, readyShards } from '../store/data-fit'
import { useBench, useBenchState } from './bench-context'
import { bytes, integer } from './format'
import { useSettings } from './settings-context'

const SETS: { value: DataSetName; label: string }[] = [
  { value: 'shapes10', label: 'Built-in shapes' },
  { value: 'cifar10', label: 'CIFAR-10' },
]

/** Which pictures train, and where CIFAR-10 comes from. */
export function DataPanel() {
  const { settings, edit } = useSettings()
  const { name } = settings.data
  const choose = (value: string) => edit((settings) => onSet(settings, value as DataSetName))
  return (
    <section className="panel" aria-label="Pictures">
      <h2>Pictures</h2>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label="Pictures"
        data={SETS}
        value={name}
        onChange={choose}
      />
      {name === 'shapes10' ? (
        <Text size="sm" mt="sm" c="var(--muted)">
          Ten kinds of shapes, drawn by seeded code: there at once, without a download.
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
  return (
    <div className="cifar">
      {data.state === 'loading' && <Loading data={data} />}
      {data.state === 'failed' && (
        <Alert
          className="fault"
          variant="outline"
          color="red"
          mb="sm"
          title="CIFAR-10 did not come"
          role="alert"
        >
          {data.message} {data.remedy}
        </Alert>
      )}
      <WhatIsHere />
      <Group gap="xs" mt="sm">
        {data.state === 'loading' ? (
          <Button size="xs" variant="default" onClick={bench.cancelLoad}>
            Cancel
          </Button>
        ) : (
          readyShards(data).length < 5 && (
            <>
              <Button size="xs" onClick={() => bench.loadData({ kind: 'server' })}>
                Get CIFAR-10
              </Button>
              <FileButton
                multiple
                accept=".bin,.gz,.tgz"
                onChange={(files) => bench.loadData({ kind: 'files', files })}
              >
                {(props) => (
                  <Button size="xs" variant="default" {...props}>
                    Choose files
                  </Button>
                )}
              </FileButton>
            </>
          )
        )}
        {readyShards(data).length > 0 && data.state !== 'loading' && (
          <Button size="xs" variant="subtle" color="red" onClick={bench.removeData}>
            Remove from this browser
          </Button>
        )}
      </Group>
    </div>
  )
}

function Loading({ data }: { data: Extract<DataStatus, { state: 'loading' }> }) {
  const { received, total, what } = data
  return (
    <div>
      <Progress
        value={total ? (100 * received) / total : 100}
        animated={total === null}
        size="sm"
        aria-label="Loading CIFAR-10"
      />
      <Text className="figure" size="sm" mt={6} c="var(--muted)">
        {what}: {bytes(received)}
        {total ? ` of ${bytes(total)}` : ''}
      </Text>
    </div>
  )
}

/** How many images are here, and what a run can do with them meanwhile. */
function WhatIsHere() {
  const data = useBenchState((state) => state.data)
  const { settings } = useSettings()
  const shards = readyShards(data)
  if (shards.length === 0) {
    return (
      <Text role="status" size="sm" mt="xs" c="var(--muted)">
        60,000 photographs in ten classes (Krizhevsky 2009). Get it once through this page's server,
        or drop the official archive or its .bin files anywhere on the page.
      </Text>
    )
  }
  const here = `${integer(shards.length * 10_000)} of 50,000 training images are here`
  const fitted = fitToData(settings, shards)
  const partly = shards.length < 5
  const kept = data.state === 'ready' && !data.persisted
  return (
    <Text role="status" size="sm" mt="xs" c="var(--muted)">
      {here}.
      {partly && fitted
        ? ` A run started now trains on the first ${integer(fitted.data.train)}${
            fitted.data.validation === 0 ? ', without validation' : ''
          }.`
        : ''}
      {kept ? ' This browser could not store them: they are here until the page is closed.' : ''}
    </Text>
  )
}
