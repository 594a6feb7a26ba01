import type { Language } from '../words/language'
import type { Lesson } from './lesson'
import { parseTexts, type Section } from './texts'

/** The lessons in the order in which they build on each other; each is a folder beside this file. */
export const LESSONS = [
  'residual-unit',
  'degradation',
  'original-unit',
  'moved-stride',
  'propagation',
  'shortcut-rivals',
  'activation-order',
  'very-deep',
  'honest-reading',
] as const
export type LessonName = (typeof LESSONS)[number]

const structures = import.meta.glob<Lesson>('./*/lesson.ts', { import: 'lesson' })
const texts = import.meta.glob<string>('./*/*.md', { query: '?raw', import: 'default' })

export function isLesson(name: string): name is LessonName {
  return (LESSONS as readonly string[]).includes(name)
}

/** The lesson after this one, or undefined where it is the last. */
export function nextLesson(name: LessonName): LessonName | undefined {
  return LESSONS[LESSONS.indexOf(name) + 1]
}

/** A lesson's steps, loaded when they are asked for. */
export function loadLesson(name: LessonName): Promise<Lesson> {
  return structures[`./${name}/lesson.ts`]!()
}

/** A lesson's words in a language, loaded when they are asked for. */
export async function loadTexts(name: LessonName, language: Language): Promise<Section> {
  return parseTexts(await texts[`./${name}/${language}.md`]!())
}
