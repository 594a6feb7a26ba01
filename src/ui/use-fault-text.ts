import { useStore } from 'zustand'
import { useLanguage } from './words-context'

/** Puts the text of a fault, which the code gives in English, into the page's language. */
export function useFaultText(): (english: string) => string {
  return useStore(useLanguage().store, ({ fault }) => fault)
}
