import type { KernelResult } from './self-test'
import type { Wrong } from './wrong'

/** What a report is about. */
export interface SelfTestSetting {
  adapter: string
  /** The browser, or Dawn's version. */
  platform: string
  /** In milliseconds since 1970. */
  at: number
}

/** An error as it stands in tables: `1.2e-6`, or that there is none to tell. */
export function errorText({ error, fault }: Pick<KernelResult, 'error' | 'fault'>): string {
  if (Number.isNaN(error)) return fault ?? 'no number'
  const figure = error.toExponential(1)
  return fault ? `${figure}, ${fault}` : figure
}

function line(result: KernelResult): string {
  const { op, kernel, maps, tensor, allowed } = result
  const by = kernel ? ` (${kernel})` : ''
  const where = tensor ? ` in ${tensor}` : ''
  return `${op}${by}, ${maps}, ${result.case}: ${errorText(result)}${where}, allowed ${allowed.toExponential(1)}`
}

/** A text to paste: the setting, what failed with its figures, and a line an op. */
export function selfTestText(
  { adapter, platform, at }: SelfTestSetting,
  results: readonly KernelResult[],
  wrong: Wrong,
): string {
  const failed = results.filter(({ passed }) => !passed)
  const ops = [...new Set(results.map(({ op, maps }) => `${op}, ${maps}`))]
  const summary = ops.map((name) => {
    const own = results.filter(({ op, maps }) => `${op}, ${maps}` === name)
    const right = own.filter(({ passed }) => passed)
    const worst = Math.max(...right.map(({ error, allowed }) => error / allowed))
    const share =
      right.length > 0 ? `, at most ${(100 * worst).toFixed(0)} % of what is allowed` : ''
    return `${name}: ${right.length} of ${own.length} right${share}`
  })
  const excluded = Object.entries(wrong.candidates).map(([aspect, values]) => {
    return `not used any more: ${aspect} ${values.join(', ')}`
  })
  return [
    `Residual Playground, self-test of ${adapter}`,
    `${platform}, ${new Date(at).toISOString()}`,
    `${results.length - failed.length} of ${results.length} right`,
    ...failed.map((result) => `WRONG: ${line(result)}`),
    ...excluded,
    ...(wrong.ops.length > 0
      ? [`refuses to train: no right kernel of ${wrong.ops.join(', ')}`]
      : []),
    '',
    ...summary,
    '',
  ].join('\n')
}
