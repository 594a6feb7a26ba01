/**
 * Draws the log of a run as an SVG: the training loss, smoothed, and the validation accuracy; of
 * several runs, or of a comparison's lanes, the losses alone.
 * npm run --silent curve -- LOG.jsonl … > CURVE.svg
 */
import { namedLogs } from './logs'

const SIZE = { width: 760, height: 320, left: 48, right: 56, top: 40, bottom: 40 }
/** Of a run's loss; the second one also of its accuracy. */
const COLOURS = ['#0b7285', '#c2410c', '#6741d9', '#5c940d', '#a61e4d', '#495057']
const DASHES = ['none', '6 3', '2 3']
/** Weight of the past in the average, less in a short run. */
const SMOOTHING = 0.97

const runs = namedLogs()
const [single] = runs.length === 1 ? runs : []
const all = runs.flatMap(({ steps }) => steps)
const last = Math.max(...all.map(({ step }) => step)) + 1
const top = Math.ceil(Math.max(...all.map(({ loss }) => loss)))
const smoothing = Math.min(SMOOTHING, 1 - 10 / last)

const x = (step: number) => SIZE.left + (step / last) * (SIZE.width - SIZE.left - SIZE.right)
const y = (share: number) =>
  SIZE.height - SIZE.bottom - share * (SIZE.height - SIZE.top - SIZE.bottom)
const line = (points: [number, number][]) =>
  points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${a.toFixed(1)} ${b.toFixed(1)}`).join('')

const losses = runs.map(({ name, steps }, i) => {
  let [average, mass] = [0, 0]
  const points = steps.map(({ step, loss }): [number, number] => {
    average = smoothing * average + (1 - smoothing) * loss
    mass = smoothing * mass + (1 - smoothing)
    return [x(step), y(average / mass / top)]
  })
  return { name, points, colour: COLOURS[i % COLOURS.length]!, dashes: DASHES[i % DASHES.length]! }
})
const accuracy = (single?.evaluations ?? []).map(({ step, evaluation }): [number, number] => [
  x(step),
  y(evaluation.accuracy),
])
const images = single?.evaluations.at(-1)?.evaluation.images
const lossColour = single ? COLOURS[0] : '#566168'
const legend = single
  ? [
      `<text x="${SIZE.left}" y="22" fill="${COLOURS[0]}">training loss (smoothed)</text>`,
      `<text x="${SIZE.width - SIZE.right}" y="22" fill="${COLOURS[1]}" text-anchor="end">validation accuracy, ${images} images</text>`,
    ]
  : [
      `<text x="${SIZE.left}" y="22" fill="${lossColour}">training loss (smoothed)</text>`,
      ...losses.flatMap(({ name, colour, dashes }, i) => {
        const at = SIZE.left + 170 + Math.min(150, 500 / losses.length) * i
        return [
          `<path d="M${at} 18h24" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>`,
          `<text x="${at + 30}" y="22" fill="${colour}">${name}</text>`,
        ]
      }),
    ]
const title = single ? 'Training loss and validation accuracy' : 'Training losses'
const ticks = [0, 0.25, 0.5, 0.75, 1]

const parts = [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">`,
  `<title>${title} over the steps</title>`,
  `<rect width="100%" height="100%" fill="#fff"/>`,
  ...legend,
  ...ticks.flatMap((tick) => [
    `<path d="M${SIZE.left} ${y(tick)}H${SIZE.width - SIZE.right}" stroke="#dde3e6"/>`,
    `<text x="${SIZE.left - 8}" y="${y(tick) + 4}" text-anchor="end" fill="${lossColour}">${(tick * top).toFixed(2)}</text>`,
    ...(single
      ? [
          `<text x="${SIZE.width - SIZE.right + 8}" y="${y(tick) + 4}" fill="${COLOURS[1]}">${100 * tick} %</text>`,
        ]
      : []),
    `<text x="${x(tick * last)}" y="${SIZE.height - 14}" text-anchor="middle" fill="#566168">${Math.round(tick * last)}</text>`,
  ]),
  ...losses.map(
    ({ points, colour, dashes }) =>
      `<path d="${line(points)}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>`,
  ),
  `<path d="${line(accuracy)}" fill="none" stroke="${COLOURS[1]}" stroke-width="2"/>`,
  ...accuracy.map(([a, b]) => `<circle cx="${a}" cy="${b}" r="3" fill="${COLOURS[1]}"/>`),
  '</svg>',
]
process.stdout.write(`${parts.join('\n')}\n`)
