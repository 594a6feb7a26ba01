import './meter.css'
import { useTranslations } from 'use-intl'
import { deepest, type MeteredNet } from '../../meter/net'
import { PROFILE_GROUPS } from '../../meter/quantities'
import type { Download } from '../../store/bench'
import type { MeterView } from '../../store/meter-view'
import { integer } from '../format'
import { EquationFour } from './EquationFour'
import { HeatStrip } from './HeatStrip'
import { ProfileChart } from './ProfileChart'
import { ReadingExport } from './ReadingExport'
import { ReadingTable } from './ReadingTable'
import { Readout } from './Readout'
import { useDepth, useReadings } from './use-meter'

interface Props {
  /** The same array while nothing about it has changed; their histories may grow. */
  nets: readonly MeteredNet[]
  view: MeterView
  download: Download
}

/** The last readings over depth, all of them over time, and as figures. */
export default function MeterCharts({ nets, view, download }: Props) {
  const t = useTranslations('meter')
  const version = useReadings(nets)
  const depth = useDepth(nets, version)
  const last = deepest(nets)?.history.last
  if (!last) return null
  const shown = { nets, depth, version, view }
  return (
    <div className="meter-charts">
      <div className="meter-line">
        <p className="panel-note">
          {nets.length === 1
            ? t('last', { step: integer(last.step + 1), units: last.units.length })
            : t('lastRace', { step: integer(last.step + 1) })}
        </p>
        <ReadingExport nets={nets} download={download} />
      </div>
      <EquationFour nets={nets} />
      <div className="profiles">
        {PROFILE_GROUPS.map((group) => (
          <ProfileChart key={group.id} group={group} {...shown} />
        ))}
        <Readout nets={nets} depth={depth} view={view} />
      </div>
      <HeatStrip nets={nets} version={version} view={view} />
      <ReadingTable nets={nets} />
    </div>
  )
}
