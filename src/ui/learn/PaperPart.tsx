import { useTranslations } from 'use-intl'
import type { Paper } from '../../lessons/lesson'
import { inLanguage } from '../../lessons/setup'
import { SOURCES } from '../../lessons/sources'
import type { Section } from '../../lessons/texts'
import type { Language } from '../../words/language'
import { Text } from './Text'

/** What a paper reports, its figures as bars, and where they stand in it. */
export function PaperPart(props: { paper: Paper; text: Section; language: Language }) {
  const { paper, text, language } = props
  const t = useTranslations('learn')
  const { authors, title, published, url } = SOURCES[paper.source]
  return (
    <aside className="lesson-part lesson-paper" aria-label={t('paper')}>
      <h3>
        <Text inline text={text.title} />
      </h3>
      <Text text={text.body} />
      {paper.figures && <PaperFigures figures={paper.figures} language={language} />}
      <p className="lesson-citation">
        {authors}: <cite>{title}</cite>. {published}, {inLanguage(paper.place, language)}.{' '}
        <a href={url} target="_blank" rel="noreferrer">
          {url.replace('https://', '')}
        </a>
      </p>
    </aside>
  )
}

function PaperFigures(props: { figures: NonNullable<Paper['figures']>; language: Language }) {
  const { figures, language } = props
  const most = Math.max(...figures.map(({ value }) => value))
  return (
    <dl className="paper-figures">
      {figures.map(({ label, value, printed }) => {
        const name = inLanguage(label, language)
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <svg
                className="paper-bar"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect width={(100 * value) / most} height="10" rx="1" />
              </svg>
              <span className="paper-printed">{printed}</span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
