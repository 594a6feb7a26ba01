import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { MAX_LANES } from '../../run/comparison'
import { laneSettings } from '../../run/lane-settings'
import { isFull, withCopy } from '../../run/lanes'
import { LaneCard } from './LaneCard'
import { LaneEditor } from './LaneEditor'
import { useRace, useRaceState } from './race-context'

/** The lanes side by side: what each is, what it differs in, and how it stands. */
export function LaneCards() {
  const race = useRace()
  const draft = useRaceState((state) => state.draft)
  const [editing, setEditing] = useState<number>()
  const settings = laneSettings(draft)
  const differing = settings.filter(({ differs }) => differs)
  const common = settings.filter(({ differs }) => !differs)
  const add = () => {
    race.edit((before) => withCopy(before, before.lanes.length - 1))
    setEditing(draft.lanes.length)
  }
  return (
    <section aria-label="Lanes" className="lanes">
      <ol className="lane-cards" data-many={draft.lanes.length > 3}>
        {draft.lanes.map((lane, i) => (
          <LaneCard key={lane.name} lane={i} differing={differing} onEdit={() => setEditing(i)} />
        ))}
      </ol>
      <div className="lanes-foot">
        <p className="lanes-common">
          <strong>The same in all lanes:</strong>{' '}
          {common.map(({ label, values }) => `${label.toLowerCase()} ${values[0]}`).join(' · ')}
        </p>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={isFull(draft)}
          title={isFull(draft) ? `${MAX_LANES} lanes are the most` : undefined}
          onClick={add}
        >
          Add a lane
        </Button>
      </div>
      <LaneEditor lane={editing} onClose={() => setEditing(undefined)} />
    </section>
  )
}
