import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Question } from '../../lessons/lesson'
import { part, type Section } from '../../lessons/texts'
import { useDone, useLearn } from './learn-context'
import { Text } from './Text'

/** A choice, with what is said to who chose an option. */
export function QuestionPart(props: {
  lesson: string
  step: string
  question: Question
  text: Section
}) {
  const { lesson, step, question, text } = props
  const t = useTranslations('learn')
  const { progress } = useLearn()
  const chosen = useDone(lesson).answers[step]
  const answer = chosen === undefined ? undefined : part(text, chosen)
  const right = chosen === question.right
  return (
    <section className="lesson-part" aria-label={t('question')}>
      <fieldset>
        <legend className="lesson-part-title">
          <Text inline text={text.title} />
        </legend>
        {text.body && <Text text={text.body} />}
        {question.options.map((option) => (
          <label key={option} className="lesson-option">
            <input
              type="radio"
              name={`${lesson}/${step}`}
              checked={option === chosen}
              onChange={() => progress.answer(lesson, step, option)}
            />
            <span>
              <Text inline text={part(text, option)!.title} />
            </span>
          </label>
        ))}
      </fieldset>
      <div role="status">
        {answer && (
          <div className="lesson-feedback" data-right={right}>
            {right ? (
              <IconCircleCheck className="lesson-icon" aria-hidden />
            ) : (
              <IconCircleX className="lesson-icon" aria-hidden />
            )}
            <div>
              <strong>{right ? t('right') : t('wrong')}</strong>
              <Text text={answer.body} />
            </div>
          </div>
        )}
      </div>
    </section>
  )
}
