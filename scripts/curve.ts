/**
 * Draws the log of a run as an SVG: the training loss, smoothed, and the validation accuracy.
 * npm run --silent curve -- LOG.jsonl > CURVE.svg
 */
import { readFileSync } from 'node:fs'

interface Step {
  step: number
  loss: number
}

interface Evaluated {
  step: number
  evaluation: { accuracy: number; images: number }
}

const SIZE = { width: 760, height: 320, left: 48, right: 56, top: 40, bottom: 40 }
const SMOOTHING = 0.97

const [, , log] = process.argv
if (!log) throw new Error('which log? Name a file that --log wrote.')

const lines: (Step | Evaluated)[] = readFileSync(log, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
const steps = lines.filter((line): line is Step => 'loss' in line)
const evaluations = lines.filter((line): line is Evaluated => 'evaluation' in line)
const last = steps.at(-1)!.step + 1
const top = Math.ceil(Math.max(...steps.map(({ loss }) => loss)))

const x = (step: number) => SIZE.left + (step / last) * (SIZE.width - SIZE.left - SIZE.right)
const y = (share: number) =>
  SIZE.height - SIZE.bottom - share * (SIZE.height - SIZE.top - SIZE.bottom)
const line = (points: [number, number][]) =>
  points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${a.toFixed(1)} ${b.toFixed(1)}`).join('')

let [average, mass] = [0, 0]
const loss = steps.map(({ step, loss }): [number, number] => {
  average = SMOOTHING * average + (1 - SMOOTHING) * loss
  mass = SMOOTHING * mass + (1 - SMOOTHING)
  return [x(step), y(average / mass / top)]
})
const accuracy = evaluations.map(({ step, evaluation }): [number, number] => [
  x(step),
  y(evaluation.accuracy),
])
const images = evaluations.at(-1)?.evaluation.images
const ticks = [0, 0.25, 0.5, 0.75, 1]

const parts = [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">`,
  '<title>Training loss and validation accuracy over the steps</title>',
  `<rect width="100%" height="100%" fill="#fff"/>`,
  `<text x="${SIZE.left}" y="22" fill="#0b7285">training loss (smoothed)</text>`,
  `<text x="${SIZE.width - SIZE.right}" y="22" fill="#c2410c" text-anchor="end">validation accuracy, ${images} images</text>`,
  ...ticks.flatMap((tick) => [
    `<path d="M${SIZE.left} ${y(tick)}H${SIZE.width - SIZE.right}" stroke="#dde3e6"/>`,
    `<text x="${SIZE.left - 8}" y="${y(tick) + 4}" text-anchor="end" fill="#0b7285">${(tick * top).toFixed(2)}</text>`,
    `<text x="${SIZE.width - SIZE.right + 8}" y="${y(tick) + 4}" fill="#c2410c">${100 * tick} %</text>`,
    `<text x="${x(tick * last)}" y="${SIZE.height - 14}" text-anchor="middle" fill="#566168">${Math.round(tick * last)}</text>`,
  ]),
  `<path d="${line(loss)}" fill="none" stroke="#0b7285" stroke-width="2"/>`,
  `<path d="${line(accuracy)}" fill="none" stroke="#c2410c" stroke-width="2"/>`,
  ...accuracy.map(([a, b]) => `<circle cx="${a}" cy="${b}" r="3" fill="#c2410c"/>`),
  '</svg>',
]
process.stdout.write(`${parts.join('\n')}\n`)
