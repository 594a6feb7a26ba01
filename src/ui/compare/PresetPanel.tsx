import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ComparisonConfig } from '../../run/comparison'
import {
  COMPARISON_PRESETS,
  type ComparisonPreset,
  FIRST_COMPARISON,
} from '../../run/comparison-presets'
import { isRaceFresh } from '../../store/race'
import { integer } from '../format'
import { useRace, useRaceState } from './race-context'

/** Questions to start from; open until there is a comparison of the user's own. */
export function PresetPanel() {
  const untouched = useRaceState(({ draft }) => draft === FIRST_COMPARISON)
  const fresh = useRaceState(isRaceFresh)
  const [open, setOpen] = useState(untouched && fresh)
  const t = useTranslations('compare.presets')
  return (
    <details
      className="panel presets"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t('title')}</summary>
      <ul className="preset-list">
        {COMPARISON_PRESETS.map((preset) => (
          <Preset key={preset.name} preset={preset} onChoose={() => setOpen(false)} />
        ))}
      </ul>
    </details>
  )
}

function Preset({ preset, onChoose }: { preset: ComparisonPreset; onChoose: () => void }) {
  const race = useRace()
  const t = useTranslations('compare.presets')
  const text = useTranslations(`compare.preset.${preset.name}`)
  const name = text('name')
  const sizeOf = ({ lanes, seeds, train }: ComparisonConfig) =>
    t('size', {
      lanes: lanes.length,
      seeds,
      steps: integer(train.steps),
      batch: integer(train.batchSize),
    })
  const button = (label: string, spoken: string, comparison: ComparisonConfig) => (
    <Button
      size="compact-sm"
      variant="default"
      title={sizeOf(comparison)}
      aria-label={spoken}
      onClick={() => {
        race.replace(comparison)
        onChoose()
      }}
    >
      {label}
    </Button>
  )
  return (
    <li className="preset">
      <strong>{name}</strong>
      <span>{text('question')}</span>
      <Group gap={6}>
        {button(t('small'), t('chooseSmall', { name }), preset.small)}
        {button(t('full'), t('chooseFull', { name }), preset.full)}
      </Group>
    </li>
  )
}
