/** `npm run fuzz`: damaged inputs for all readers of what comes from outside, and what came of them. */
import { parseArgs } from 'node:util'
import { fuzz, type Outcome } from '../test/fuzz/fuzz'
import { READERS } from '../test/fuzz/readers'
import { Watchdog } from '../test/fuzz/watchdog'

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '60000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const chosen = READERS.filter(({ name }) => name.includes(values.only))
const total = chosen.reduce((sum, { weight }) => sum + weight, 0)
const watchdog = new Watchdog()
console.log(
  'reader                          inputs  refused     same    other  slowest ms        s',
)
const outcomes: Outcome[] = []
for (const reader of chosen) {
  const numRuns = Math.ceil((Number(values.inputs) * reader.weight) / total)
  const outcome = await fuzz(reader, {
    numRuns,
    seed: Number(values.seed),
    onInput: watchdog.input,
  })
  outcomes.push(outcome)
  const { refused, same, other } = outcome.counts
  const figures = [refused + same + other, refused, same, other, Math.round(outcome.slowestMs)]
  const columns = figures.map((figure, i) =>
    String(figure).padStart(i === 4 ? 12 : i === 0 ? 8 : 9),
  )
  console.log(
    `${reader.name.padEnd(30)}${columns.join('')}${outcome.seconds.toFixed(1).padStart(9)}`,
  )
  if (outcome.failure) console.log(`  FAILED: ${outcome.failure}`)
}
watchdog.stop()
const sum = (of: (outcome: Outcome) => number) =>
  outcomes.reduce((all, outcome) => all + of(outcome), 0)
const inputs = sum(({ counts }) => counts.refused + counts.same + counts.other)
const failed = outcomes.filter(({ failure }) => failure).length
console.log(
  `${inputs} inputs in ${sum(({ seconds }) => seconds).toFixed(0)} s, ${failed} readers failed`,
)
process.exit(failed > 0 ? 1 : 0)
