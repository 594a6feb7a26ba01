import { Button, CopyButton, Group, SegmentedControl } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconStopwatch } from '@tabler/icons-react'
import { Suspense, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type BenchState, canTrain, isBusy } from '../store/bench'
import {
  type Grouping,
  profileFile,
  profileRows,
  type StepProfile,
  shareOfLimit,
  sum,
} from '../store/profile'
import { useBench, useBenchState } from './bench-context'
import { Disclosure } from './Disclosure'
import { bytes, flops, integer, milliseconds, percent, rate } from './format'
import { KernelsNote } from './KernelsNote'
import { part } from './part'

const ProfileTable = part(() => import('./ProfileTable'))

/** Which kernels and layers a training step's time goes to. */
export function ProfilePanel() {
  const t = useTranslations('train.profile')
  return (
    <Disclosure className="panel profile" summary={t('title')}>
      <Content />
    </Disclosure>
  )
}

const GROUPINGS = ['kernel', 'layer'] as const satisfies readonly Grouping[]

function Content() {
  const profile = useBenchState((state) => state.profile)
  const [grouping, setGrouping] = useState<Grouping>('kernel')
  const t = useTranslations('train.profile')
  return (
    <>
      <div className="profile-head">
        <ProfileButton />
        {profile && (
          <SegmentedControl
            size="sm"
            aria-label={t('grouping')}
            data={GROUPINGS.map((value) => ({ value, label: t(value) }))}
            value={grouping}
            onChange={(value) => setGrouping(value as Grouping)}
          />
        )}
      </div>
      <p role="status" className="profile-total">
        {profile ? <Total profile={profile} /> : t('about')}
      </p>
      {profile && (
        <>
          <Suspense>
            <ProfileTable grouping={grouping} rows={profileRows(profile, grouping)} />
          </Suspense>
          <Limit profile={profile} />
          <Files profile={profile} />
        </>
      )}
      <KernelsNote />
    </>
  )
}

/** Keeps the focus while it has nothing to do, and says why. */
function ProfileButton() {
  const bench = useBench()
  const reason = useBenchState(obstacle)
  const t = useTranslations('train.profile')
  return (
    <>
      <Button
        leftSection={<IconStopwatch size={18} />}
        aria-disabled={reason !== undefined}
        data-disabled={reason !== undefined}
        aria-describedby="profile-obstacle"
        onClick={bench.profile}
      >
        {t('button')}
      </Button>
      <span id="profile-obstacle" className="profile-obstacle">
        {reason && t(reason)}
      </span>
    </>
  )
}

/** Why no step can be profiled now. */
function obstacle(state: BenchState) {
  const { phase, device, problems } = state
  if (canTrain(state)) return undefined
  if (device.state === 'unavailable') return 'noGpu'
  if (phase.phase === 'profiling') return 'timing'
  if (isBusy(phase)) return 'busy'
  if (problems.length > 0) return 'problems'
  return 'ended'
}

/** What the step took in all, and how that was measured. */
function Total({ profile }: { profile: StepProfile }) {
  const software = useBenchState(({ device }) => device.state === 'ready' && device.software)
  const { step, timing, launches } = profile
  const t = useTranslations('train.profile')
  return (
    <>
      {t.rich('total', {
        step: integer(step + 1),
        time: milliseconds(sum(launches, 'milliseconds')),
        dispatches: integer(launches.length),
        flops: flops(sum(launches, 'flops')),
        bytes: bytes(sum(launches, 'bytes')),
        b: (chunks) => <strong>{chunks}</strong>,
      })}{' '}
      {timing === 'timestamps' ? t('timestamps') : t('wallClock')} {software && t('software')}
    </>
  )
}

/** What the column of that name is held against. */
function Limit({ profile: { launches, rates } }: { profile: StepProfile }) {
  const share = shareOfLimit(launches, rates)
  const t = useTranslations('train.profile')
  return (
    <p className="profile-total">
      {t('limit', { flops: rate(rates.flops / 1e9), bytes: rate(rates.bytes / 1e9) })}{' '}
      {share !== undefined && t('share', { share: percent(share) })}
    </p>
  )
}

function Files({ profile }: { profile: StepProfile }) {
  const bench = useBench()
  const run = useBenchState((state) => state.active.run)
  const device = useBenchState((state) => state.device)
  const t = useTranslations('train.profile')
  const { text } = useMemo(() => profileFile(profile, run, device), [profile, run, device])
  return (
    <Group gap="xs" mt="sm">
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            onClick={copy}
          >
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={16} />}
        onClick={bench.saveProfile}
      >
        {t('download')}
      </Button>
      <span className="profile-note">{t('tracks')}</span>
    </Group>
  )
}
