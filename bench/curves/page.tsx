import '@mantine/core/styles.css'
import '../../src/ui/colours.css'
import '../../src/ui/page.css'
import '../../src/ui/run.css'
import '../../src/ui/curves/curves.css'
import { MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { IntlProvider } from 'use-intl'
import { MetricsHistory } from '../../src/curves/history'
import type { CurveSeries } from '../../src/curves/series'
import { createCurveView } from '../../src/store/curve-view'
import { CurveChart } from '../../src/ui/curves/CurveChart'
import { CurveControls } from '../../src/ui/curves/CurveControls'
import { CurveLegend } from '../../src/ui/curves/CurveLegend'
import { CurveTable } from '../../src/ui/curves/CurveTable'
import { theme } from '../../src/ui/theme'
import messages from '../../src/words/en'

/** Charts of synthetic runs, for `npm run curve-frames`: `?lanes=6&seeds=1&steps=100000`. */
const query = new URLSearchParams(location.search)
const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise)
const [lanes, seeds, steps] = [number('lanes', 6), number('seeds', 1), number('steps', 100_000)]
const LIVE_INTERVAL_MS = 100
const LIVE_STEPS = 20
const BATCH = 128

/** Steps that look like a net's, with noise that follows from lane, seed and step. */
function stepsOf(lane: number, seed: number, first: number, count: number) {
  const at = Array.from({ length: count }, (_, i) => first + i)
  const noise = (step: number) => {
    const hashed = Math.sin(12.9898 * step + 78.233 * lane + 37.719 * seed) * 43758.5453
    return hashed - Math.floor(hashed)
  }
  const loss = Float32Array.from(at, (step) => {
    const fallen = Math.exp((-4 * step) / steps)
    return (2 - 0.1 * lane) * fallen + 0.15 + 0.03 * lane + 0.3 * noise(step) * (0.3 + fallen)
  })
  return {
    ...{ first, loss },
    correct: Uint32Array.from(loss, (value) => Math.round(BATCH * Math.exp(-value))),
    learningRate: new Float64Array(count).fill(0.1),
    seconds: Float64Array.from(at, (step) => 0.01 * (step + 1)),
  }
}

function historyOf(lane: number, seed: number): MetricsHistory {
  const history = new MetricsHistory()
  history.append(stepsOf(lane, seed, 0, steps))
  for (let step = steps / 20; step <= steps; step += steps / 20) {
    const loss = history.loss[step - 1]! + 0.05
    history.addEvaluation({ step, loss, accuracy: Math.exp(-loss), images: 5000 })
  }
  return history
}

const NAMES = ['ResNet-20 v1', 'ResNet-20 v1.5', 'ResNet-20 v2', 'plain 20', 'gated', 'scaled']
const series: CurveSeries[] = Array.from({ length: lanes }, (_, lane) => ({
  id: String(lane),
  name: NAMES[lane]!,
  lane,
  histories: Array.from({ length: seeds }, (_, seed) => historyOf(lane, seed)),
  batchSize: BATCH,
  trainImages: 45_000,
}))
series[0]!.histories[0]!.addMark({ step: steps / 2, learningRate: 0.01 })
const view = createCurveView(undefined, '')

/** Ten times a second more steps of every lane, as in training. */
function grow(): void {
  for (const { lane, histories } of series) {
    for (const [seed, history] of histories.entries()) {
      history.append(stepsOf(lane, seed, history.steps, LIVE_STEPS))
    }
  }
}

let growing: ReturnType<typeof setInterval> | undefined
Object.assign(window, {
  setLive(on: boolean) {
    clearInterval(growing)
    growing = on ? setInterval(grow, LIVE_INTERVAL_MS) : undefined
  },
})

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} defaultColorScheme="auto">
    <IntlProvider locale="en" messages={messages}>
      <CurveControls series={series} view={view} />
      <CurveLegend series={series} />
      <section className="panel" aria-label="Loss">
        <CurveChart quantity="loss" series={series} view={view} />
        <CurveTable quantity="loss" series={series} view={view} />
      </section>
      <section className="panel" aria-label="Accuracy">
        <CurveChart quantity="accuracy" series={series} view={view} />
      </section>
    </IntlProvider>
  </MantineProvider>,
)
