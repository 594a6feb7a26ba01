import { Button } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { isFull, laneName, rivalsOf, withLane, withRival } from '../../run/lanes'
import { useBench, useBenchState } from '../bench-context'
import { MenuButton } from '../MenuButton'
import { useRace, useRaceState } from './race-context'

/** Takes the bench's net to Compare: beside a rival of it, or as one more lane. */
export function CompareMenu() {
  const bench = useBench()
  const race = useRace()
  const model = useBenchState((state) => state.draft.model)
  const sound = useBenchState((state) => state.problems.length === 0)
  const t = useTranslations('compare.take')
  const full = useRaceState(({ draft }) => isFull(draft))
  const go = (act: () => void) => () => {
    act()
    window.location.hash = '#compare'
  }
  return (
    <MenuButton
      width={260}
      button={
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconColumns3 size={16} />}
          disabled={!sound}
        >
          {t('button')}
        </Button>
      }
      entries={[
        { heading: t('beside') },
        ...rivalsOf(model).map(({ name, model: rival }) => ({
          label: name,
          onClick: go(() => race.replace(withRival(bench.store.getState().draft, rival))),
        })),
        {
          apart: true,
          label: t('add'),
          disabled: full,
          onClick: go(() =>
            race.edit((before) => withLane(before, { name: laneName(model), model })),
          ),
        },
      ]}
    />
  )
}
