import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import './colours.css'
import './page.css'
import './unit.css'
import './run.css'
import './curves/curves.css'
import './profile.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startPage } from '../store/start'
import { App } from './App'
import { BenchProvider } from './bench-context'
import { RunsProvider } from './runs/runs-context'
import { theme } from './theme'

const { bench, runs } = await startPage(window)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <BenchProvider value={bench}>
        <RunsProvider value={runs}>
          <App />
        </RunsProvider>
      </BenchProvider>
    </MantineProvider>
  </StrictMode>,
)
