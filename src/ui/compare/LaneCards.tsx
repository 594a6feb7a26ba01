import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { laneRun, MAX_LANES } from '../../run/comparison'
import { laneSettings } from '../../run/lane-settings'
import { isFull, withCopy } from '../../run/lanes'
import { LaneCard } from './LaneCard'
import { LaneEditor } from './LaneEditor'
import { useRace, useRaceState } from './race-context'
import { useSettingText } from './use-setting-text'

/** The lanes side by side: what each is, what it differs in, and how it stands. */
export function LaneCards() {
  const race = useRace()
  const draft = useRaceState((state) => state.draft)
  const [editing, setEditing] = useState<number>()
  const { differing, common } = laneSettings(draft)
  const t = useTranslations('compare.lanes')
  const label = useTranslations('compare.setting')
  const text = useSettingText()
  const first = laneRun(draft, 0, 0)
  const add = () => {
    race.edit((before) => withCopy(before, before.lanes.length - 1))
    setEditing(draft.lanes.length)
  }
  return (
    <section aria-label={t('label')} className="lanes">
      <ol className="lane-cards" data-many={draft.lanes.length > 3}>
        {draft.lanes.map((lane, i) => (
          <LaneCard key={lane.name} lane={i} differing={differing} onEdit={() => setEditing(i)} />
        ))}
      </ol>
      <div className="lanes-foot">
        <p className="lanes-common">
          {t.rich('same', {
            settings: common
              .map((name) =>
                t('setting', { label: label(name).toLowerCase(), value: text(name, first) }),
              )
              .join(' · '),
            b: (chunks) => <strong>{chunks}</strong>,
          })}
        </p>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={isFull(draft)}
          title={isFull(draft) ? t('most', { count: String(MAX_LANES) }) : undefined}
          onClick={add}
        >
          {t('add')}
        </Button>
      </div>
      <LaneEditor lane={editing} onClose={() => setEditing(undefined)} />
    </section>
  )
}
