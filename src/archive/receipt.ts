import { modelName } from '../models/presets'
import type { Adjustment } from '../run/adjustment'
import type { LearningRate } from '../run/config'
import type { WholeRun } from './exchange'
import type { EvaluationRecord, RunStatus } from './record'

/** What a run was and gave, a line a fact. */
export type Receipt = readonly (readonly [label: string, value: string])[]

/** Steps over which the last training loss is averaged, since one batch says little. */
const LAST_STEPS = 100

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** All that someone needs to repeat a run or to cite it; `link` opens its settings. */
export function receiptOf({ record, steps }: WholeRun, link: string): Receipt {
  const { run, device, versions, weights, evaluations } = record
  const { data, train } = run
  const last = steps.loss.subarray(-LAST_STEPS)
  const mean = last.reduce((sum, loss) => sum + loss, 0) / last.length
  const best = evaluations.toSorted((a, b) => b.accuracy - a.accuracy)[0]
  const seconds = steps.seconds.at(-1) ?? 0
  const lines: [string, string | undefined][] = [
    ['Net', modelName(run.model)],
    ['Specification', JSON.stringify(run.model)],
    [
      'Pictures',
      `${data.name}: ${whole.format(data.train)} train, ${whole.format(data.validation)} held out, ` +
        `${data.order}, augmentation ${data.augment}`,
    ],
    [
      'Optimiser',
      `SGD, batch ${train.batchSize}, momentum ${train.momentum}${train.nesterov ? ' (Nesterov)' : ''}, ` +
        `weight decay ${train.weightDecay}, ${train.precision}`,
    ],
    ['Learning rate', describeRate(train.learningRate)],
    ['Changed while it ran', record.adjustments?.map(describeChange).join('; ')],
    ['Seed', String(run.seed)],
    ['Starts from', record.startsFrom],
    ['Steps', `${whole.format(record.steps)} of ${whole.format(train.steps)}`],
    ['Ended', describeStatus(record.status)],
    ['Begun', new Date(record.startedAt).toISOString()],
    ['Training time', `${seconds.toFixed(1)} s`],
    [
      'Training loss',
      last.length > 0 ? `${mean.toFixed(4)}, mean of the last ${last.length} steps` : undefined,
    ],
    ['Last validation', describeEvaluation(evaluations.at(-1))],
    ['Best validation', describeEvaluation(best)],
    ['Weights (SHA-256)', weights && `${weights.sha256} after step ${whole.format(weights.step)}`],
    ['Device', device.software ? `${device.name} (software)` : device.name],
    ['Program', `Residual Playground ${versions.app}, commit ${versions.commit}`],
    ['Browser', versions.browser],
    ['Settings', link],
  ]
  return lines.filter((line): line is [string, string] => !!line[1])
}

function describeRate(schedule: LearningRate): string {
  const { kind, warmup, ...settings } = schedule
  const told = Object.entries(settings).map(([key, value]) => `${key} ${value}`)
  const warm = warmup ? [`warm-up ${warmup.steps} steps at ${warmup.rate}`] : []
  return [kind, ...told, ...warm].join(', ')
}

function describeChange({ step, ...settings }: Adjustment): string {
  const told = Object.entries(settings).map(([key, value]) => `${key} ${value}`)
  return `after step ${whole.format(step)}: ${told.join(', ')}`
}

function describeStatus(status: RunStatus): string {
  switch (status.state) {
    case 'training':
      return 'broken off, or still training'
    case 'paused':
      return 'paused'
    case 'finished':
      return 'finished'
    case 'failed':
      return `stopped: ${status.message}`
    default:
      return status satisfies never
  }
}

function describeEvaluation(evaluation: EvaluationRecord | undefined): string | undefined {
  if (!evaluation) return undefined
  const { step, loss, accuracy, images } = evaluation
  return (
    `${(100 * accuracy).toFixed(2)} % of ${whole.format(images)} images, loss ${loss.toFixed(4)}, ` +
    `after step ${whole.format(step)}`
  )
}

/** The receipt as a table in Markdown. */
export function receiptToMarkdown(title: string, receipt: Receipt): string {
  const safe = (text: string) => text.replaceAll('|', '\\|').replace(/[\r\n]+/g, ' ')
  const rows = receipt.map(([label, value]) => `| ${label} | ${safe(value)} |`)
  return `## ${safe(title)}\n\n| | |\n| --- | --- |\n${rows.join('\n')}\n`
}
