import '../../src/ui/trusted-types'
import '@fontsource-variable/inter/wght.css'
import '../../src/ui/mantine.css'
import '../../src/ui/theme.css'
import '../../src/ui/colours.css'
import '../../src/ui/page.css'
import './bench.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLanguage } from '../../src/store/language'
import { theme } from '../../src/ui/theme'
import { WordsProvider } from '../../src/ui/words-context'
import { BenchPage } from './BenchPage'

// The bench keeps nothing: its language is the browser's or the URL's.
const language = await startLanguage(window, undefined)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <WordsProvider choice={language}>
        <BenchPage />
      </WordsProvider>
    </MantineProvider>
  </StrictMode>,
)
