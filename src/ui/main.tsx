import './trusted-types'
import '@fontsource-variable/inter/wght.css'
import './mantine.css'
import './theme.css'
import './colours.css'
import './page.css'
import './unit.css'
import './run.css'
import './curves/curves.css'
import './profile.css'
import './compare/compare.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startPage } from '../store/start'
import { App } from './App'
import { BenchProvider } from './bench-context'
import { cannotBeDrawn } from './cannot-be-drawn'
import { RaceProvider } from './compare/race-context'
import { Guard } from './Guard'
import { LabsProvider } from './labs/labs-context'
import { LearnProvider } from './learn/learn-context'
import { MeterProvider } from './meter/meter-context'
import { RunsProvider } from './runs/runs-context'
import { theme } from './theme'
import { WordsProvider } from './words-context'

const { bench, race, meters, runs, labs, learn, notices, language } =
  await startPage(window).catch(cannotBeDrawn)

createRoot(document.getElementById('root')!, { onUncaughtError: cannotBeDrawn }).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <WordsProvider choice={language}>
        <BenchProvider value={bench}>
          <RunsProvider value={runs}>
            <RaceProvider value={race}>
              <MeterProvider value={meters}>
                <LabsProvider value={labs}>
                  <LearnProvider value={learn}>
                    <Guard>
                      <App notices={notices} />
                    </Guard>
                  </LearnProvider>
                </LabsProvider>
              </MeterProvider>
            </RaceProvider>
          </RunsProvider>
        </BenchProvider>
      </WordsProvider>
    </MantineProvider>
  </StrictMode>,
)
