import '@mantine/core/styles.css'
import './page.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startBench } from '../store/bench'
import { App } from './App'
import { BenchProvider } from './bench-context'
import { theme } from './theme'

/** The browser's storage; reading the property itself throws where cookies are blocked. */
function storage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

const bench = startBench(storage())

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <BenchProvider value={bench}>
        <App />
      </BenchProvider>
    </MantineProvider>
  </StrictMode>,
)
