import { Button } from '@mantine/core'
import { IconCircleCheckFilled } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { useStore } from 'zustand'
import { Fault } from '../Fault'
import { PlaceHeading } from '../PlaceHeading'
import { useLanguage } from '../words-context'
import { useDone, useLearn } from './learn-context'
import { Text } from './Text'
import { type LoadedLesson, useLessons } from './use-lesson'

/** All lessons, with how far the reader has come in each. */
export function LessonList() {
  const t = useTranslations('learn')
  const { progress } = useLearn()
  const language = useStore(useLanguage().store, (words) => words.language)
  const lessons = useLessons(language)
  const begun = useStore(progress.store, (all) => Object.keys(all).length > 0)
  return (
    <main className="place" aria-busy={lessons === 'loading'}>
      <PlaceHeading>{t('title')}</PlaceHeading>
      <p className="learn-intro">{t('intro')}</p>
      {lessons === 'failed' && <Fault title={t('notLoaded')}>{t('notLoadedRemedy')}</Fault>}
      {typeof lessons === 'object' && (
        <ol className="lesson-list">
          {lessons.map((lesson) => (
            <LessonEntry key={lesson.name} {...lesson} />
          ))}
        </ol>
      )}
      {begun && (
        <Button variant="default" size="xs" onClick={() => progress.forget()}>
          {t('forgetAll')}
        </Button>
      )}
    </main>
  )
}

function LessonEntry({ name, lesson: { steps }, texts }: LoadedLesson) {
  const t = useTranslations('learn')
  const { done } = useDone(name)
  const ids = steps.map(({ id }) => id)
  const made = ids.filter((id) => done.includes(id)).length
  const told =
    made === ids.length
      ? t('lessonDone')
      : made > 0
        ? t('someDone', { made, steps: ids.length })
        : t('stepCount', { steps: ids.length })
  const next = ids.find((id) => !done.includes(id)) ?? ids[0]
  return (
    <li className="panel lesson-entry">
      <h2>
        <a href={made > 0 && made < ids.length ? `#learn/${name}/${next}` : `#learn/${name}`}>
          <Text inline text={texts.title} />
        </a>
      </h2>
      <Text text={texts.body} />
      <p className="lesson-standing" data-done={made === ids.length}>
        {made === ids.length && <IconCircleCheckFilled size={16} aria-hidden />}
        {told}
      </p>
    </li>
  )
}
