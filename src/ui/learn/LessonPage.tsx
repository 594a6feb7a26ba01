import { useEffect, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useStore } from 'zustand'
import { type LessonName, nextLesson } from '../../lessons/catalogue'
import { setupOf } from '../../lessons/setup'
import { isRaceBusy } from '../../store/race'
import { RaceProvider } from '../compare/race-context'
import { Fault } from '../Fault'
import { useKeys } from '../keyboard'
import { PlaceHeading } from '../PlaceHeading'
import { Unless } from '../Unless'
import { useLanguage } from '../words-context'
import { LessonBench } from './LessonBench'
import { LessonPrint } from './LessonPrint'
import { useLearn, useLearnState } from './learn-context'
import { ShareLesson } from './ShareLesson'
import { StepNav } from './StepNav'
import { StepView } from './StepView'
import { ALL } from './step-names'
import { Text } from './Text'
import { type LoadedLesson, useLesson } from './use-lesson'
import { useStanding } from './use-standing'

/** A lesson at the step that the URL names, or at its first one. */
export function LessonPage({ name, wanted }: { name: LessonName; wanted: string | undefined }) {
  const t = useTranslations('learn')
  const language = useStore(useLanguage().store, (words) => words.language)
  const loaded = useLesson(name, language)
  if (loaded === 'loading') return <main className="place" aria-busy />
  if (loaded === 'failed') {
    return (
      <main className="place">
        <Fault title={t('notLoaded')}>{t('notLoadedRemedy')}</Fault>
      </main>
    )
  }
  if (wanted === ALL) return <LessonPrint {...loaded} />
  const index = Math.max(
    0,
    loaded.lesson.steps.findIndex(({ id }) => id === wanted),
  )
  const unknown = wanted !== undefined && loaded.lesson.steps[index]!.id !== wanted
  return <LessonAt loaded={loaded} index={index} {...(unknown ? { unknown: wanted } : {})} />
}

function LessonAt(props: { loaded: LoadedLesson; index: number; unknown?: string }) {
  const { loaded, index, unknown } = props
  const { name, lesson, texts, language } = loaded
  const t = useTranslations('learn')
  const learn = useLearn()
  const { key, comparison } = useMemo(
    () => setupOf(name, lesson, index, language),
    [name, lesson, index, language],
  )
  const laid = useLearnState((state) => state.laid === key)
  useEffect(() => learn.lay(key, comparison), [learn, key, comparison])
  const standing = useStanding(loaded, index, laid)
  const step = lesson.steps[index]!
  const to = (other: number) => {
    const { id } = lesson.steps[other] ?? step
    window.location.hash = `#learn/${name}/${id}`
  }
  useKeys({
    n: () => to(index + 1),
    p: () => to(index - 1),
    r: learn.race.reset,
    ' ': () => {
      if (isRaceBusy(learn.race.store.getState().phase)) learn.race.pause()
      else standing.act()
    },
  })
  return (
    <main
      className="place lesson"
      data-step={step.id}
      data-phase={standing.phase}
      data-done={standing.done}
    >
      <div className="lesson-head">
        <a href="#learn">{t('allLessons')}</a>
        <PlaceHeading>{texts.title}</PlaceHeading>
        <Unless hidden="share">
          <ShareLesson name={name} step={step.id} title={texts.title} />
        </Unless>
      </div>
      <Unless hidden="steps">
        <StepNav loaded={loaded} index={index} />
      </Unless>
      {unknown !== undefined && <Fault title={t('noStep', { step: unknown })}>{null}</Fault>}
      <RaceProvider value={learn.race}>
        <div className="lesson-body">
          <StepView key={step.id} loaded={loaded} index={index} standing={standing} />
          <Unless hidden="bench">
            {laid && <LessonBench shows={step.shows ?? ['unit', 'loss']} />}
          </Unless>
        </div>
      </RaceProvider>
      {index === lesson.steps.length - 1 && <NextLesson loaded={loaded} />}
    </main>
  )
}

/** At the last step, the way on to the lesson after this one. */
function NextLesson({ loaded: { name, language } }: { loaded: LoadedLesson }) {
  const t = useTranslations('learn')
  const next = nextLesson(name)
  const following = useLesson(next ?? name, language)
  if (next === undefined || typeof following === 'string') return null
  return (
    <p className="lesson-following">
      {t('nextLesson')}
      <a href={`#learn/${next}`}>
        <Text inline text={following.texts.title} />
      </a>
    </p>
  )
}
