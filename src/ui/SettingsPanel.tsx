import { Button, NativeSelect, Stack } from '@mantine/core'
import { FIRST_RUN } from '../run/presets'
import { RECIPES, recipeOf } from '../run/recipes'
import { isUnderWay } from '../store/bench'
import { useBench, useBenchState } from './bench-context'
import { TrainingFields } from './TrainingFields'

/** How the net is trained: optimiser, schedule, seed, augmentation. */
export function SettingsPanel() {
  const bench = useBench()
  return (
    <section className="panel" aria-label="Training settings">
      <div className="panel-head">
        <h2>Training</h2>
        <Button
          size="compact-sm"
          variant="subtle"
          title="All settings as at the first visit"
          onClick={() => bench.edit(() => FIRST_RUN)}
        >
          All defaults
        </Button>
      </div>
      <Stack gap="sm">
        <RecipeMenu />
        <TrainingFields />
        <LiveNote />
      </Stack>
    </section>
  )
}

/** Says, once a run has begun, which settings it takes over as it goes. */
function LiveNote() {
  const underWay = useBenchState(isUnderWay)
  return (
    <p role="status" className="live-note">
      {underWay &&
        'Learning rate, momentum and weight decay take effect at the next step: the schedule goes on as if it had this rate from its start. All else waits for a reset.'}
    </p>
  )
}

/** Ways to train at a click, and which of them the settings are. */
function RecipeMenu() {
  const bench = useBench()
  const chosen = useBenchState((state) => recipeOf(state.draft))
  return (
    <NativeSelect
      className="recipe"
      size="sm"
      label="Recipe"
      description={chosen?.about}
      inputWrapperOrder={['label', 'input', 'description']}
      data={[
        ...(chosen ? [] : [{ value: '', label: 'own settings' }]),
        ...RECIPES.map(({ name }) => name),
      ]}
      value={chosen?.name ?? ''}
      onChange={({ currentTarget }) => {
        const recipe = RECIPES.find(({ name }) => name === currentTarget.value)
        if (recipe) bench.edit(recipe.apply)
      }}
    />
  )
}
