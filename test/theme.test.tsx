import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { theme } from '../src/ui/theme'
import { read } from './folders'

/** What the library would put into the page as a style element, which the page's policy refuses. */
function styleElement(): string {
  const provider = (
    <MantineProvider theme={theme} withGlobalClasses={false}>
      {null}
    </MantineProvider>
  )
  return /^<style[^>]*>(.*)<\/style>$/s.exec(renderToStaticMarkup(provider))![1]!
}

/** Selectors and declarations, however they are set. */
const rules = (css: string) =>
  css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, '')
    .split(/[;{}]/)

test('theme.css is what the theme comes to', () => {
  expect(rules(read('src/ui/theme.css'))).toEqual(rules(styleElement()))
})
