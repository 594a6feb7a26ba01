import { Menu } from '@mantine/core'
import {
  IconAdjustments,
  IconArrowLeft,
  IconArrowRight,
  IconCopy,
  IconFlask2,
  IconTrash,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { laneRun } from '../../run/comparison'
import { isFull, withCopy, withLaneAt, withoutLane } from '../../run/lanes'
import { useBench } from '../bench-context'
import { useRace, useRaceState } from './race-context'

/** What can be done with a lane, as a menu of `children`. */
export function LaneMenu(props: { lane: number; onEdit: () => void; children: ReactNode }) {
  const { lane, onEdit, children } = props
  const race = useRace()
  const bench = useBench()
  const t = useTranslations('compare.lanes')
  const draft = useRaceState((state) => state.draft)
  const last = draft.lanes.length - 1
  const move = (place: number) => () => race.edit((before) => withLaneAt(before, lane, place))
  const openOnBench = () => {
    const run = laneRun(race.store.getState().draft, lane, 0)
    bench.edit(() => run)
    window.location.hash = '#train'
  }
  return (
    <Menu position="bottom-end" shadow="md" width={220}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconAdjustments size={18} />} onClick={onEdit}>
          {t('change')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={18} />}
          disabled={isFull(draft)}
          onClick={() => race.edit((before) => withCopy(before, lane))}
        >
          {t('duplicate')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowLeft size={18} />}
          disabled={lane === 0}
          onClick={move(lane - 1)}
        >
          {t('left')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowRight size={18} />}
          disabled={lane === last}
          onClick={move(lane + 1)}
        >
          {t('right')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFlask2 size={18} />} onClick={openOnBench}>
          {t('bench')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={18} />}
          disabled={last === 0}
          onClick={() => race.edit((before) => withoutLane(before, lane))}
        >
          {t('remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
