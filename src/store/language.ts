import { createStore, type StoreApi } from 'zustand/vanilla'
import { loadFaults, loadWords } from '../words/catalogue'
import { type Language, languageOf } from '../words/language'
import type { Words } from '../words/translator'

const KEY = 'residual-playground.language'

/** The page's language with its messages, and how to take another. */
export interface LanguageChoice {
  store: StoreApi<Words>
  /**
   * Takes a language once its messages are there, and keeps the choice for later visits. Rejects
   * where they do not come; the page stays in the language that it has.
   */
  choose(language: Language): Promise<void>
}

function kept(storage: Storage | undefined): string | null {
  try {
    return storage?.getItem(KEY) ?? null
  } catch {
    return null // Denied by the browser.
  }
}

function keep(storage: Storage | undefined, language: Language): void {
  try {
    storage?.setItem(KEY, language)
  } catch {
    // Denied or full: the choice lasts as long as the page.
  }
}

/** A URL that asks for a language follows a choice, so that a reload keeps it. */
function follow(page: Window, language: Language): void {
  const url = new URL(page.location.href)
  if (!url.searchParams.has('lang')) return
  url.searchParams.set('lang', language)
  page.history.replaceState(page.history.state, '', url)
}

/** Faults follow the messages, which the page is drawn with; where they do not come, they are English. */
async function takeFaults(store: StoreApi<Words>): Promise<void> {
  const { language } = store.getState()
  const faults = await loadFaults(language).catch(() => ({}))
  if (store.getState().language === language) store.setState(faults)
}

export async function startLanguage(
  page: Window,
  storage: Storage | undefined,
): Promise<LanguageChoice> {
  const { location, navigator } = page
  const first = languageOf({
    search: location.search,
    kept: kept(storage),
    preferred: navigator.languages,
  })
  const words = await loadWords(first)
  const store = createStore<Words>(() => words)
  takeFaults(store)
  /** The last choice: an earlier one whose messages come after it counts no more. */
  let wanted = first
  return {
    store,
    async choose(language) {
      wanted = language
      const words = await loadWords(language)
      if (wanted !== language) return
      keep(storage, language)
      follow(page, language)
      store.setState(words)
      takeFaults(store)
    },
  }
}
