import { useEffect, useState } from 'react'
import { LESSONS, type LessonName, loadLesson, loadTexts } from '../../lessons/catalogue'
import type { Lesson } from '../../lessons/lesson'
import type { Section } from '../../lessons/texts'
import type { Language } from '../../words/language'

/** What is being loaded, what has come, or that it could not. */
export type Loading<T> = T | 'loading' | 'failed'

/** What `load` gives, anew whenever `key` changes; until then what there was. */
function useLoaded<T>(key: string, load: () => Promise<T>): Loading<T> {
  const [loaded, setLoaded] = useState<Loading<T>>('loading')
  useEffect(() => {
    let wanted = true
    const take = (value: Loading<T>) => {
      if (wanted) setLoaded(value)
    }
    load().then(take, () => take('failed'))
    return () => {
      wanted = false
    }
  }, [key])
  return loaded
}

export interface LoadedLesson {
  name: LessonName
  lesson: Lesson
  texts: Section
  /** Of the texts. */
  language: Language
}

/** A lesson with its words. */
export function useLesson(name: LessonName, language: Language): Loading<LoadedLesson> {
  return useLoaded(`${name} ${language}`, async () => {
    const [lesson, texts] = await Promise.all([loadLesson(name), loadTexts(name, language)])
    return { name, lesson, texts, language }
  })
}

/** All lessons in their order, with their words. */
export function useLessons(language: Language): Loading<readonly LoadedLesson[]> {
  return useLoaded(language, () =>
    Promise.all(
      LESSONS.map(async (name) => {
        const [lesson, texts] = await Promise.all([loadLesson(name), loadTexts(name, language)])
        return { name, lesson, texts, language }
      }),
    ),
  )
}
