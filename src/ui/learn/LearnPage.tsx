import { useTranslations } from 'use-intl'
import { isLesson } from '../../lessons/catalogue'
import { Fault } from '../Fault'
import { PlaceHeading } from '../PlaceHeading'
import { useFragment } from '../place'
import { LessonList } from './LessonList'
import { LessonPage } from './LessonPage'
import './learn.css'

/** The lessons, or the one that the URL names: `#learn/NAME/STEP`. */
export default function LearnPage() {
  const t = useTranslations('learn')
  const [, name, step] = useFragment().split('/')
  if (!name) return <LessonList />
  if (isLesson(name)) return <LessonPage key={name} name={name} wanted={step} />
  return (
    <main className="place">
      <PlaceHeading>{t('title')}</PlaceHeading>
      <Fault title={t('noLesson', { name })}>
        <a href="#learn">{t('allLessons')}</a>
      </Fault>
    </main>
  )
}
