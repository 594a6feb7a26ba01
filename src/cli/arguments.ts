import { parseArgs } from 'node:util'

/** Wrong usage of the command line: exit code 2. */
export class UsageError extends Error {}

export const USAGE = `Usage: npm run --silent train -- RUN.json [options]

  --data DIR                folder with the official *.bin files of CIFAR-10, or the official .tar.gz
  --steps N                 instead of the file's
  --init F.safetensors      start from these tensors
  --log F.jsonl             a line a step and a line an evaluation
  --gradients F.safetensors the gradients of the first step, before weight decay is added
  --save F.safetensors      all tensors at the end
  --adapter NAME            the first adapter whose description contains NAME
  --list-adapters           print the adapters of this machine
`

export interface Arguments {
  run: string
  data?: string
  steps?: number
  init?: string
  log?: string
  gradients?: string
  save?: string
  adapter?: string
}

const OPTIONS = {
  data: { type: 'string' },
  steps: { type: 'string' },
  init: { type: 'string' },
  log: { type: 'string' },
  gradients: { type: 'string' },
  save: { type: 'string' },
  adapter: { type: 'string' },
  'list-adapters': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** What the command line asks for; throws `UsageError`. */
export function parseArguments(words: string[]): Arguments | 'help' | 'list-adapters' {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(words)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  const { values, positionals } = parsed
  const { steps, help, 'list-adapters': list, ...files } = values
  if (help) return 'help'
  if (list) return 'list-adapters'
  const [run, ...others] = positionals
  if (run === undefined) throw new UsageError('which run? Name a run file.')
  if (others.length > 0) throw new UsageError(`one run at a time; what is "${others[0]}"?`)
  if (steps === undefined) return { run, ...files }
  if (!/^[1-9]\d{0,7}$/.test(steps)) {
    throw new UsageError(`--steps: expected a whole number from 1, got "${steps}"`)
  }
  return { run, ...files, steps: Number(steps) }
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true })
}
