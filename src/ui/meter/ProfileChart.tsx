import { NativeSelect } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DepthAxis } from '../../meter/depth'
import type { MeteredNet } from '../../meter/net'
import { type ProfileLine, profileAxis, profileLines } from '../../meter/profile'
import type { ProfileGroup, UnitQuantity } from '../../meter/quantities'
import type { MeterView } from '../../store/meter-view'
import { LaneMark } from '../curves/LaneMark'
import { ProfilePlot } from './ProfilePlot'
import { UnitCursor } from './UnitCursor'

interface Props {
  group: ProfileGroup
  nets: readonly MeteredNet[]
  depth: DepthAxis
  /** Rises with the nets' readings. */
  version: number
  view: MeterView
}

/** Quantities over the depth of a net, or one of them over that of several. */
export function ProfileChart({ group, nets, depth, version, view }: Props) {
  const t = useTranslations('meter')
  const [picked, setPicked] = useState<UnitQuantity>(group.quantities[0]!)
  const lines = useMemo(
    () => profileLines(group, nets, picked, depth),
    [group, nets, picked, depth, version],
  )
  const stageName = useCallback((stage: number) => t('stage', { stage: String(stage + 1) }), [t])
  const axis = useMemo(() => profileAxis(lines, group.scale), [lines, group])
  const name = t(`group.${group.id}`)
  if (nets.length === 1 && lines.length === 0) return null
  return (
    <figure className="profile-chart" aria-label={name}>
      <figcaption>
        <span className="profile-name">{name}</span>
        {nets.length === 1 && group.quantities.length > 1 && <Key lines={lines} />}
        {nets.length > 1 && group.quantities.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('which', { chart: name })}
            data={group.quantities.map((value) => ({ value, label: t(`quantity.${value}`) }))}
            value={picked}
            onChange={({ currentTarget }) => setPicked(currentTarget.value as UnitQuantity)}
          />
        )}
      </figcaption>
      <div className="profile-plot">
        <ProfilePlot lines={lines} axis={axis} depth={depth} stageName={stageName} />
        <UnitCursor name={name} lines={lines} nets={nets} depth={depth} view={view} />
      </div>
    </figure>
  )
}

function Key({ lines }: { lines: readonly ProfileLine[] }) {
  const t = useTranslations('meter.quantity')
  return (
    <ul className="profile-key">
      {lines.map(({ quantity, style }) => (
        <li key={quantity}>
          <LaneMark lane={style} />
          {t(quantity)}
        </li>
      ))}
    </ul>
  )
}
