import { Button } from '@mantine/core'
import { IconCheck, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { part } from '../../lessons/texts'
import { useDone } from './learn-context'
import { Text } from './Text'
import type { LoadedLesson } from './use-lesson'

/** The steps of a lesson, and which of them are done. */
export function StepNav({ loaded, index }: { loaded: LoadedLesson; index: number }) {
  const { name, lesson, texts } = loaded
  const t = useTranslations('learn')
  const { done } = useDone(name)
  return (
    <nav className="lesson-steps" aria-label={t('steps')}>
      <ol>
        {lesson.steps.map(({ id }, i) => (
          <li key={id}>
            <a href={`#learn/${name}/${id}`} aria-current={i === index ? 'step' : undefined}>
              <span>
                {i + 1}. <Text inline text={part(texts, id)!.title} />
              </span>
              {done.includes(id) && <IconCheck size={16} role="img" aria-label={t('stepDone')} />}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** The way to the step before and after. */
export function StepLinks({ loaded, index }: { loaded: LoadedLesson; index: number }) {
  const { name, lesson } = loaded
  const t = useTranslations('learn')
  const [before, after] = [lesson.steps[index - 1], lesson.steps[index + 1]]
  return (
    <div className="step-links">
      {before && (
        <Button
          component="a"
          variant="default"
          href={`#learn/${name}/${before.id}`}
          leftSection={<IconChevronLeft size={16} />}
          aria-keyshortcuts="p"
        >
          {t('previous')}
        </Button>
      )}
      {after && (
        <Button
          component="a"
          href={`#learn/${name}/${after.id}`}
          rightSection={<IconChevronRight size={16} />}
          aria-keyshortcuts="n"
        >
          {t('next')}
        </Button>
      )}
    </div>
  )
}
