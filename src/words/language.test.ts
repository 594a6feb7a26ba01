import { expect, test } from 'vitest'
import { languageOf } from './language'

const visit = { search: '', kept: null, preferred: ['fr-FR', 'zh-CN', 'en'] }

test.each([
  ['the first of the browser’s that is there', visit, 'zh'],
  ['what was chosen before', { ...visit, kept: 'en' }, 'en'],
  ['what the URL asks for', { ...visit, kept: 'en', search: '?fake&lang=zh-Hans' }, 'zh'],
  ['the next best for a language that is not there', { ...visit, search: '?lang=tlh' }, 'zh'],
  ['English where nothing fits', { ...visit, preferred: ['fr'] }, 'en'],
] as const)('a visit is in %s', (_, given, language) => {
  expect(languageOf(given)).toBe(language)
})
