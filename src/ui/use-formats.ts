import { useLocale, useTranslations } from 'use-intl'
import { FAILED } from '../models/reported'
import { LANGUAGE_TAG } from '../words/language'

/** Times, and the papers' figures, in the page's language. */
export function useFormats() {
  const t = useTranslations('formats')
  const tag = LANGUAGE_TAG[useLocale()]
  return {
    /** "42 s", "3 min 20 s", "1 h 5 min". */
    duration(seconds: number): string {
      const rounded = Math.round(seconds)
      const minutes = Math.floor(rounded / 60)
      if (minutes === 0) return t('seconds', { seconds: String(rounded) })
      if (minutes < 60)
        return t('minutes', { minutes: String(minutes), seconds: String(rounded % 60) })
      return t('hours', {
        hours: String(Math.floor(minutes / 60)),
        minutes: String(minutes % 60),
      })
    },
    /** "12:31" of today, "Mar 4, 12:31" of another day. */
    moment(time: number): string {
      const today = new Date(time).toDateString() === new Date().toDateString()
      const day = today ? {} : ({ month: 'short', day: 'numeric' } as const)
      const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const
      return new Intl.DateTimeFormat(tag, { ...day, ...clock }).format(time)
    },
    /** A paper's test error; most are numbers. */
    paperError: (error: string): string => (error === FAILED ? t('failed') : error),
  }
}
