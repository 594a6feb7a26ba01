import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import './colours.css'
import './page.css'
import './unit.css'
import './run.css'
import './profile.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startBench } from '../store/start'
import { App } from './App'
import { BenchProvider } from './bench-context'
import { theme } from './theme'

const bench = await startBench(window)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <BenchProvider value={bench}>
        <App />
      </BenchProvider>
    </MantineProvider>
  </StrictMode>,
)
