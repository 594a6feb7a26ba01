import { useTranslations } from 'use-intl'
import type { WholeRun } from '../../archive/exchange'
import type { EvaluationRecord, RunRecord } from '../../archive/record'
import { modelName } from '../../models/presets'
import { type Adjustment, peakRate } from '../../run/adjustment'
import { comparisonName } from '../../run/comparison'
import type { LearningRate, RunConfig } from '../../run/config'
import { SETTING_NAMES, type SettingName } from '../../run/lane-settings'
import { useSettingText } from '../compare/use-setting-text'
import { integer, percent } from '../format'
import { useFaultText } from '../use-fault-text'

/** What a run was and gave, a line a fact. */
export type Receipt = readonly (readonly [label: string, value: string])[]

/** The page's language, as far as receipts need it. */
export interface ReceiptWords {
  t: ReturnType<typeof useTranslations<'runs.receipt'>>
  settingLabel(name: SettingName): string
  settingText(name: SettingName, run: RunConfig): string
  fault(english: string): string
}

export function useReceiptWords(): ReceiptWords {
  const t = useTranslations('runs.receipt')
  const settingLabel = useTranslations('compare.setting')
  return { t, settingLabel, settingText: useSettingText(), fault: useFaultText() }
}

/** Steps over which the last training loss is averaged, since one batch says little. */
const LAST_STEPS = 100

/** All that someone needs to repeat a run or to cite it; `link` opens its settings. */
export function receiptOf({ record, steps }: WholeRun, link: string, words: ReceiptWords): Receipt {
  const { t } = words
  const { run, device, versions, weights, evaluations } = record
  const { data, train } = run
  const last = steps.loss.subarray(-LAST_STEPS)
  const mean = last.reduce((sum, loss) => sum + loss, 0) / last.length
  const best = evaluations.toSorted((a, b) => b.accuracy - a.accuracy)[0]
  const lines: [label: string, value: string | undefined][] = [
    [t('label.net'), modelName(run.model)],
    [t('label.race'), raceText(record, words)],
    ...settingRows(run, words),
    [
      t('label.pictures'),
      t('pictures', {
        ...{ data: data.name, train: integer(data.train), validation: integer(data.validation) },
        ...{ order: t(`order.${data.order}`), augment: t(`augment.${data.augment}`) },
      }),
    ],
    [t('label.batchSize'), integer(train.batchSize)],
    [t('label.optimiser'), t(train.nesterov ? 'nesterov' : 'sgd')],
    [t('label.learningRate'), rateText(train.learningRate, words)],
    [t('label.adjusted'), record.adjustments?.map((one) => changeText(one, words)).join('; ')],
    [t('label.seed'), String(run.seed)],
    [t('label.startsFrom'), record.startsFrom],
    [t('label.steps'), t('steps', { done: integer(record.steps), steps: integer(train.steps) })],
    [t('label.status'), statusText(record, words)],
    [t('label.begun'), new Date(record.startedAt).toISOString()],
    [t('label.seconds'), t('seconds', { seconds: (steps.seconds.at(-1) ?? 0).toFixed(1) })],
    [
      t('label.loss'),
      last.length > 0 ? t('loss', { loss: mean.toFixed(4), steps: last.length }) : undefined,
    ],
    [t('label.last'), evaluationText(evaluations.at(-1), words)],
    [t('label.best'), evaluationText(best, words)],
    [
      t('label.weights'),
      weights && t('weights', { sha256: weights.sha256, step: integer(weights.step) }),
    ],
    [t('label.device'), device.software ? t('software', { name: device.name }) : device.name],
    [t('label.program'), t('program', { version: versions.app, commit: versions.commit })],
    [t('label.browser'), versions.browser],
    [t('label.link'), link],
  ]
  return lines.filter((line): line is [string, string] => !!line[1])
}

/** What the net is and how it is trained, but for the learning rate, which has a line of its own. */
function settingRows(run: RunConfig, { settingLabel, settingText }: ReceiptWords) {
  return SETTING_NAMES.filter((name) => name !== 'rate').map((name): [string, string] => [
    settingLabel(name),
    settingText(name, run),
  ])
}

function raceText({ group }: RunRecord, { t }: ReceiptWords): string | undefined {
  if (!group) return undefined
  const { comparison, lane } = group
  return t('race', { name: comparison.lanes[lane]!.name, names: comparisonName(comparison) })
}

function rateText(schedule: LearningRate, { t }: ReceiptWords): string {
  const { kind, warmup } = schedule
  const told = t(`rate.${kind}`, {
    rate: String(peakRate(schedule)),
    factor: kind === 'step' ? String(schedule.factor) : '',
    milestones: kind === 'step' ? schedule.milestones.map(integer).join(' · ') : '',
    rising: kind === 'one-cycle' ? percent(schedule.warmupFraction) : '',
  })
  if (!warmup) return told
  return `${told}; ${t('warmup', { steps: integer(warmup.steps), rate: String(warmup.rate) })}`
}

function changeText({ step, ...settings }: Adjustment, { t }: ReceiptWords): string {
  return Object.entries(settings)
    .map(([key, value]) => {
      const change = { step: integer(step), value: String(value) }
      return t(`change.${key as keyof typeof settings}`, change)
    })
    .join('; ')
}

function statusText({ status }: RunRecord, { t, fault }: ReceiptWords): string | undefined {
  if (status.state === 'training') return t('training')
  if (status.state === 'failed') return t('failed', { message: fault(status.message) })
  return t(status.state)
}

function evaluationText(evaluation: EvaluationRecord | undefined, { t }: ReceiptWords) {
  if (!evaluation) return undefined
  const { step, loss, accuracy, images } = evaluation
  return t('evaluation', {
    ...{ accuracy: `${(100 * accuracy).toFixed(2)} %`, images: integer(images) },
    ...{ loss: loss.toFixed(4), step: integer(step) },
  })
}

/** The receipt as a table in Markdown. */
export function receiptToMarkdown(title: string, receipt: Receipt): string {
  const safe = (text: string) => text.replaceAll('|', '\\|').replace(/[\r\n]+/g, ' ')
  const rows = receipt.map(([label, value]) => `| ${label} | ${safe(value)} |`)
  return `## ${safe(title)}\n\n| | |\n| --- | --- |\n${rows.join('\n')}\n`
}
