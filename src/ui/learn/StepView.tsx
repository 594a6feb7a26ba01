import { useEffect, useRef } from 'react'
import { part } from '../../lessons/texts'
import { hasTravelled } from '../place'
import { Unless } from '../Unless'
import { ActionPart } from './ActionPart'
import { CheckPart } from './CheckPart'
import { PaperPart } from './PaperPart'
import { QuestionPart } from './QuestionPart'
import { StepLinks } from './StepNav'
import { Text } from './Text'
import type { LoadedLesson } from './use-lesson'
import type { Standing } from './use-standing'

/** A step's words: text, question, action, what was measured, and what the paper reports. */
export function StepView(props: { loaded: LoadedLesson; index: number; standing: Standing }) {
  const { loaded, index, standing } = props
  const { name, lesson, texts, language } = loaded
  const { id, action, question, checks = [], paper } = lesson.steps[index]!
  const text = part(texts, id)!
  const asked = question && (
    <QuestionPart lesson={name} step={id} question={question} text={part(text, 'question')!} />
  )
  return (
    <article className="lesson-text">
      <StepHeading title={text.title} first={index === 0} />
      <Text text={text.body} />
      {question?.asked === 'before' && asked}
      {action && <ActionPart action={action} text={part(text, 'action')!} standing={standing} />}
      {checks.map((check, i) => (
        <CheckPart
          key={check.id}
          check={check}
          text={part(text, `check-${check.id}`)!}
          judged={standing.judged[i]}
        />
      ))}
      {question?.asked === 'after' && asked}
      {paper && (
        <Unless hidden="paper">
          <PaperPart paper={paper} text={part(text, 'paper')!} language={language} />
        </Unless>
      )}
      <StepLinks loaded={loaded} index={index} />
    </article>
  )
}

/** The step's title, which takes the focus when the reader has come from another step. */
function StepHeading({ title, first }: { title: string; first: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (hasTravelled() && !first) heading.current?.focus()
  }, [first])
  return (
    <h2 ref={heading} tabIndex={-1}>
      <Text inline text={title} />
    </h2>
  )
}
