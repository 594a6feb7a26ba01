import '@fontsource-variable/inter/wght.css'
import '../../src/ui/mantine.css'
import '../../src/ui/colours.css'
import '../../src/ui/page.css'
import './bench.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { theme } from '../../src/ui/theme'
import { BenchPage } from './BenchPage'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <BenchPage />
    </MantineProvider>
  </StrictMode>,
)
