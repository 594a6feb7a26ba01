import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Step } from '../../lessons/lesson'
import { placeholders } from '../../lessons/outline'
import { part, type Section } from '../../lessons/texts'
import type { Language } from '../../words/language'
import { PlaceHeading } from '../PlaceHeading'
import { PaperPart } from './PaperPart'
import { Text } from './Text'
import type { LoadedLesson } from './use-lesson'

/** All steps of a lesson one after another, with room for what will be measured. */
export function LessonPrint({ name, lesson, texts, language }: LoadedLesson) {
  const t = useTranslations('learn')
  return (
    <main className="place lesson-print">
      <div className="lesson-head">
        <a href={`#learn/${name}`}>{t('backToLesson')}</a>
        <PlaceHeading>{texts.title}</PlaceHeading>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPrinter size={16} />}
          onClick={() => window.print()}
        >
          {t('printNow')}
        </Button>
      </div>
      <Text text={texts.body} />
      {lesson.steps.map((step, i) => (
        <PrintedStep
          key={step.id}
          number={i + 1}
          step={step}
          text={part(texts, step.id)!}
          language={language}
        />
      ))}
    </main>
  )
}

function PrintedStep(props: { number: number; step: Step; text: Section; language: Language }) {
  const { number, step, text, language } = props
  const parts = text.parts.filter(({ id }) => id !== 'paper')
  return (
    <section className="lesson-text">
      <h2>
        {number}. <Text inline text={text.title} />
      </h2>
      <Text text={text.body} />
      {parts.map((one) => (
        <PrintedPart key={one.id} text={one} question={one.id === 'question'} />
      ))}
      {step.paper && (
        <PaperPart paper={step.paper} text={part(text, 'paper')!} language={language} />
      )}
    </section>
  )
}

/** A question with its options, an action, or a check with blanks for its values. */
function PrintedPart({ text, question }: { text: Section; question: boolean }) {
  const names = placeholders(text)
  const body = names.reduce((body, name) => body.replaceAll(`{${name}}`, '________'), text.body)
  return (
    <div className="lesson-part">
      <h3>
        <Text inline text={text.title} />
      </h3>
      <Text text={body} />
      {question && (
        <ul className="printed-options">
          {text.parts.map(({ id, title }) => (
            <li key={id}>
              <Text inline text={title} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
