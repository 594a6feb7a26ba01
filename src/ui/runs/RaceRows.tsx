import { Button } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { LaneOf } from '../../archive/record'
import { comparisonName } from '../../run/comparison'
import { useRace } from '../compare/race-context'

/** The lanes of a race in the list, under the comparison, which can be set up again. */
export function RaceRows({
  race: { comparison },
  children,
}: {
  race: LaneOf
  children: ReactNode
}) {
  const race = useRace()
  const t = useTranslations('runs.list')
  const name = t('race', { names: comparisonName(comparison) })
  const open = () => {
    race.replace(comparison)
    window.location.hash = '#compare'
  }
  return (
    <li className="race-rows">
      <div className="race-rows-head">
        <strong>{name}</strong>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconColumns3 size={14} />}
          aria-label={`${t('openRace')}: ${name}`}
          onClick={open}
        >
          {t('openRace')}
        </Button>
      </div>
      <ul className="run-list" aria-label={name}>
        {children}
      </ul>
    </li>
  )
}
