import { IconCircleCheck, IconCircleDashed, IconInfoCircle } from '@tabler/icons-react'
import { useLocale, useTranslations } from 'use-intl'
import type { Check } from '../../lessons/check'
import type { Judged } from '../../lessons/measured'
import { part, type Section } from '../../lessons/texts'
import type { Language } from '../../words/language'
import { Text } from './Text'
import { written } from './values'

/** What was measured here, in sentences, and what it says; before that, that it will stand here. */
export function CheckPart(props: { check: Check; text: Section; judged: Judged | undefined }) {
  const { check, text, judged } = props
  const t = useTranslations('learn')
  const language = useLocale() as Language
  const Icon = !judged ? IconCircleDashed : judged.holds ? IconCircleCheck : IconInfoCircle
  const verdict = judged && part(text, judged.holds ? 'yes' : 'no')
  return (
    <section
      className="lesson-part lesson-check"
      data-check={check.id}
      data-reached={judged !== undefined}
      data-holds={judged?.holds}
    >
      <h3>
        <Icon className="lesson-icon" aria-hidden />
        <Text inline text={text.title} />
      </h3>
      <div role="status">
        {judged ? (
          <>
            <Text text={written(text.body, check, judged, language)} />
            {verdict && <Text text={written(verdict.body, check, judged, language)} />}
          </>
        ) : (
          <p className="panel-note">{t('pending')}</p>
        )}
      </div>
    </section>
  )
}
