import { Button, Menu } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { isFull, laneName, rivalsOf, withLane, withRival } from '../../run/lanes'
import { useBench, useBenchState } from '../bench-context'
import { useRace, useRaceState } from './race-context'

/** Takes the bench's net to Compare: beside a rival of it, or as one more lane. */
export function CompareMenu() {
  const bench = useBench()
  const race = useRace()
  const model = useBenchState((state) => state.draft.model)
  const sound = useBenchState((state) => state.problems.length === 0)
  const full = useRaceState(({ draft }) => isFull(draft))
  const go = (act: () => void) => () => {
    act()
    window.location.hash = '#compare'
  }
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconColumns3 size={16} />}
          disabled={!sound}
        >
          Compare
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>This net, trained side by side with</Menu.Label>
        {rivalsOf(model).map(({ name, model: rival }) => (
          <Menu.Item
            key={name}
            onClick={go(() => race.replace(withRival(bench.store.getState().draft, rival)))}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          disabled={full}
          onClick={go(() =>
            race.edit((before) => withLane(before, { name: laneName(model), model })),
          )}
        >
          Add it to the lanes in Compare
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
