import { Slider } from '@mantine/core'
import type { ReactNode } from 'react'
import { useBench, useBenchState } from './bench-context'

/** What the lines of all curves mean, and how far the averages reach back. */
export function CurvesLegend() {
  const bench = useBench()
  const smoothing = useBenchState((state) => state.smoothing)
  return (
    <section className="legend" aria-label="Curves">
      <Key name="batch">
        <path d="M1 9l5-6 4 7 4-8 4 7 5-5" stroke="var(--curve)" strokeOpacity="0.45" />
      </Key>
      <Key name="training, smoothed">
        <path d="M1 9C8 9 14 3 23 3" stroke="var(--curve)" strokeWidth="2" />
      </Key>
      <Key name="validation">
        <path
          d="M1 6H23"
          stroke="var(--curve-validation)"
          strokeWidth="2"
          strokeDasharray="4 2.5"
        />
        <circle cx="12" cy="6" r="3.2" fill="var(--curve-validation)" />
      </Key>
      <div className="smoothing">
        <span aria-hidden>Smoothing</span>
        <Slider
          w={112}
          size="sm"
          min={0}
          max={0.99}
          step={0.01}
          value={smoothing}
          onChange={bench.setSmoothing}
          thumbLabel="Smoothing"
          label={null}
        />
        <span className="smoothing-value">{smoothing.toFixed(2)}</span>
      </div>
    </section>
  )
}

function Key({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className="legend-key">
      <svg width="24" height="12" viewBox="0 0 24 12" fill="none" aria-hidden="true">
        {children}
      </svg>
      {name}
    </span>
  )
}
