import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { laneColour } from '../../curves/lanes'
import { count } from '../../models/counts'
import { plan } from '../../models/plan'
import { laneRun, MAX_NAME } from '../../run/comparison'
import type { SettingName } from '../../run/lane-settings'
import { withLaneName } from '../../run/lanes'
import { LaneMark } from '../curves/LaneMark'
import { compact } from '../format'
import { LaneMenu } from './LaneMenu'
import { LaneStanding } from './LaneStanding'
import { useRace, useRaceState } from './race-context'
import { useSettingText } from './use-setting-text'

/** A lane: its name and colour, what it differs in, its cost, and how it stands. */
export function LaneCard(props: {
  lane: number
  differing: readonly SettingName[]
  onEdit: () => void
}) {
  const { lane, differing, onEdit } = props
  const draft = useRaceState((state) => state.draft)
  const { name, model } = draft.lanes[lane]!
  const t = useTranslations('compare.lanes')
  const label = useTranslations('compare.setting')
  const text = useSettingText()
  const run = laneRun(draft, lane, 0)
  const { parameters, multiplyAdds } = useMemo(() => count(plan(model)), [model])
  return (
    <li className="panel lane-card" style={{ borderTopColor: laneColour(lane) }}>
      <div className="lane-head">
        <LaneMark lane={lane} />
        <LaneMenu lane={lane} onEdit={onEdit}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('menu', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </LaneMenu>
      </div>
      <LaneName lane={lane} name={name} />
      <dl className="lane-settings">
        {differing.map((setting) => (
          <div key={setting}>
            <dt>{label(setting)}</dt>
            <dd>{text(setting, run)}</dd>
          </div>
        ))}
      </dl>
      <p className="lane-cost">
        {t('cost', { parameters: compact(parameters), multiplyAdds: compact(multiplyAdds) })}
      </p>
      <Button size="compact-sm" variant="default" onClick={onEdit}>
        {t('change')}
      </Button>
      <LaneStanding name={name} />
    </li>
  )
}

/** The name, which takes effect when the field is left; an emptied one comes back. */
function LaneName({ lane, name }: { lane: number; name: string }) {
  const race = useRace()
  const [typed, setTyped] = useState<string>()
  const t = useTranslations('compare.lanes')
  const commit = () => {
    if (typed?.trim()) race.edit((before) => withLaneName(before, lane, typed))
    setTyped(undefined)
  }
  return (
    <TextInput
      variant="unstyled"
      size="md"
      className="lane-name"
      aria-label={t('name', { number: String(lane + 1) })}
      maxLength={MAX_NAME - 4}
      value={typed ?? name}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setTyped(undefined)
      }}
    />
  )
}
