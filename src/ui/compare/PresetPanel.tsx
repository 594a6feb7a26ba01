import { Button, Group } from '@mantine/core'
import { useState } from 'react'
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
  return (
    <details
      className="panel presets"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Start from a question</summary>
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
  const { name, question, small, full } = preset
  const button = (label: string, comparison: ComparisonConfig) => (
    <Button
      size="compact-sm"
      variant="default"
      title={sizeOf(comparison)}
      aria-label={`${name}: ${label.toLowerCase()}`}
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
      <span>{question}</span>
      <Group gap={6}>
        {button('Small', small)}
        {button('As in the paper', full)}
      </Group>
    </li>
  )
}

/** "3 lanes, 3 seeds, 1,000 steps of 32 images". */
function sizeOf({ lanes, seeds, train }: ComparisonConfig): string {
  const turns = seeds === 1 ? 'one seed' : `${seeds} seeds`
  const steps = `${integer(train.steps)} steps of ${integer(train.batchSize)} images`
  return `${lanes.length} lanes, ${turns}, ${steps}`
}
