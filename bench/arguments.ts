import { parseArgs } from 'node:util'
import { CIFAR_DEPTHS } from '../src/models/presets'
import { type BenchTask, CONTENDERS, type ContenderName, FEWEST_ROUNDS } from './contenders'
import { SHALLOW } from './measure'

export interface BenchArguments extends BenchTask {
  adapter: string
  json?: string
}

/** Wrong usage of the command line: exit code 2. */
export class UsageError extends Error {}

export const USAGE = `Usage: npm run --silent bench -- [options]

Times our training step against other libraries' on the same net, weights, batch and adapter.

  --adapter NAME      the first adapter whose name contains NAME
  --net resnet-20     a CIFAR net of basic units, v1 with option A: ${CIFAR_DEPTHS.basic.join(', ')} layers
  --batch 32          pictures a step
  --rounds 5          how often each makes a step, after two that do not count; at least 3
  --contenders LIST   some of ${CONTENDERS.join(',')}; ours is always among them
  --browser           in Chromium on SwiftShader instead of Node
  --json FILE         write the figures to a file as well
`

const OPTIONS = {
  adapter: { type: 'string', default: '' },
  net: { type: 'string', default: 'resnet-20' },
  batch: { type: 'string', default: '32' },
  rounds: { type: 'string', default: '5' },
  contenders: { type: 'string', default: CONTENDERS.join() },
  browser: { type: 'boolean', default: false },
  json: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** What the command line asks for; throws `UsageError`. */
export function parseArguments(words: string[]): BenchArguments | 'help' {
  let values: ReturnType<typeof parse>
  try {
    values = parse(words)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  const { adapter, net, batch, rounds, contenders, browser, json, help } = values
  if (help) return 'help'
  if (browser && adapter !== '') {
    throw new UsageError('--browser has SwiftShader for its adapter: leave --adapter out')
  }
  return {
    ...{ adapter, browser },
    depth: depthOf(net),
    deep: depthOf(net) === SHALLOW,
    batch: wholeNumber('--batch', batch, 1, 4096),
    rounds: wholeNumber('--rounds', rounds, FEWEST_ROUNDS, 1000),
    contenders: contendersOf(contenders),
    ...(json === undefined ? {} : { json }),
  }
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, strict: true }).values
}

function depthOf(net: string): number {
  const depth = CIFAR_DEPTHS.basic.find((layers) => net === `resnet-${layers}`)
  if (depth !== undefined) return depth
  const nets = CIFAR_DEPTHS.basic.map((layers) => `resnet-${layers}`)
  throw new UsageError(`--net: expected one of ${nets.join(', ')}, got "${net}"`)
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new UsageError(`${option}: expected a whole number from ${least} to ${most}, got "${text}"`)
}

function contendersOf(list: string): ContenderName[] {
  const names = list.split(',')
  const unknown = names.find((name) => !CONTENDERS.some((contender) => contender === name))
  if (unknown !== undefined) {
    throw new UsageError(`--contenders: expected some of ${CONTENDERS.join(',')}, got "${unknown}"`)
  }
  return CONTENDERS.filter((name) => name === 'ours' || names.includes(name))
}
