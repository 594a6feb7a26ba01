import { Button, NativeSelect, Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { FIRST_RUN } from '../run/presets'
import { RECIPES, recipeOf } from '../run/recipes'
import { isUnderWay } from '../store/bench'
import { useBench, useBenchState } from './bench-context'
import { TrainingFields } from './TrainingFields'

/** How the net is trained: optimiser, schedule, seed, augmentation. */
export function SettingsPanel() {
  const bench = useBench()
  const t = useTranslations('train.settings')
  return (
    <section className="panel" aria-label={t('label')}>
      <div className="panel-head">
        <h2>{t('title')}</h2>
        <Button
          size="compact-sm"
          variant="subtle"
          title={t('aboutDefaults')}
          onClick={() => bench.edit(() => FIRST_RUN)}
        >
          {t('defaults')}
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
  const t = useTranslations('train.settings')
  return (
    <p role="status" className="live-note">
      {underWay && t('live')}
    </p>
  )
}

/** Ways to train at a click, and which of them the settings are. */
function RecipeMenu() {
  const bench = useBench()
  const chosen = useBenchState((state) => recipeOf(state.draft))
  const t = useTranslations('train.settings')
  const about = useTranslations('recipes')
  return (
    <NativeSelect
      className="recipe"
      size="sm"
      label={t('recipe')}
      description={chosen && about(`${chosen.id}.about`)}
      inputWrapperOrder={['label', 'input', 'description']}
      data={[
        ...(chosen ? [] : [{ value: '', label: t('own') }]),
        ...RECIPES.map(({ id }) => ({ value: id, label: about(`${id}.name`) })),
      ]}
      value={chosen?.id ?? ''}
      onChange={({ currentTarget }) => {
        const recipe = RECIPES.find(({ id }) => id === currentTarget.value)
        if (recipe) bench.edit(recipe.apply)
      }}
    />
  )
}
