import { IconAlertTriangle, IconEqual } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { StartCheck } from '../../store/race'
import { integer } from '../format'
import { useRaceState } from './race-context'

/** How equal the lanes started with the last seed, as read back from the GPU. */
export function StartChecks() {
  const start = useRaceState((state) => state.starts.at(-1))
  const lanes = useRaceState((state) => state.lanes.length)
  const t = useTranslations('compare.start')
  if (!start || lanes < 2) return null
  const equal = isEqual(start)
  return (
    <p className="start-check" data-equal={equal}>
      {equal ? <IconEqual size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
      <span>
        {equal && t.rich('equal', { b: (chunks) => <strong>{chunks}</strong> })}{' '}
        <Shared {...start} />{' '}
        {new Set(start.batches).size === 1
          ? t('sameBatch', { count: String(start.batches.length) })
          : t('otherBatches', { count: String(new Set(start.batches).size) })}
      </span>
    </p>
  )
}

function isEqual({ batches, unequal }: StartCheck): boolean {
  return unequal.length === 0 && new Set(batches).size === 1
}

function Shared({ sharedTensors, sharedValues, unequal }: StartCheck) {
  const t = useTranslations('compare.start')
  if (sharedTensors === 0) return t('none')
  const all = { tensors: integer(sharedTensors), numbers: integer(sharedValues) }
  return unequal.length === 0
    ? t('same', all)
    : t('unequal', { ...all, count: integer(unequal.length), names: unequal.join(', ') })
}
