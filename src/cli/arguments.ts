import { parseArgs } from 'node:util'

/** Wrong usage of the command line: exit code 2. */
export class UsageError extends Error {}

export const USAGE = `Usage: npm run --silent train -- RUN.json [options]
       npm run --silent train -- COMPARISON.json [options]

  --data DIR                folder with the official *.bin files of CIFAR-10, or the official .tar.gz
  --steps N                 instead of the file's
  --init F.safetensors      start from these tensors
  --resume F                go on from a checkpoint, bit for bit as if never stopped
  --log F.jsonl             a line a step and a line an evaluation
  --meter N                 read the signal meter before every Nth step, a line a reading in the log
  --gradients F.safetensors the gradients of the first step, before weight decay is added
  --save F.safetensors      all tensors at the end
  --checkpoint F            write a checkpoint at the end
  --checkpoint-every N      and every N steps
  --tune F.json             choose the kernels by timing them, where F has no choice yet, and keep
                            in F what is fastest on this adapter
  --plan                    print what the run will take on the GPU, and train nothing
  --adapter NAME            the first adapter whose description contains NAME
  --list-adapters           print the adapters of this machine

A comparison (a file with "lanes") trains its lanes in lock-step. Lines of its log carry "lane" and
"seed", --save writes a file a lane (F.1-NAME.safetensors), --checkpoint all lanes into one file, and
N counts the steps of each lane. --init and --gradients are for runs.

Ctrl-C ends the run after the step that is under way and writes what was asked for; a second one
ends it at once.
`

export interface Arguments {
  run: string
  data?: string
  steps?: number
  init?: string
  resume?: string
  checkpoint?: string
  checkpointEvery?: number
  log?: string
  meter?: number
  gradients?: string
  save?: string
  adapter?: string
  tune?: string
  plan?: boolean
}

const OPTIONS = {
  data: { type: 'string' },
  steps: { type: 'string' },
  init: { type: 'string' },
  resume: { type: 'string' },
  checkpoint: { type: 'string' },
  'checkpoint-every': { type: 'string' },
  log: { type: 'string' },
  meter: { type: 'string' },
  gradients: { type: 'string' },
  save: { type: 'string' },
  adapter: { type: 'string' },
  tune: { type: 'string' },
  plan: { type: 'boolean' },
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
  const { steps, meter, 'checkpoint-every': every, help, 'list-adapters': list, ...files } = values
  if (help) return 'help'
  if (list) return 'list-adapters'
  const [run, ...others] = positionals
  if (run === undefined) throw new UsageError('which run? Name a run file.')
  if (others.length > 0) throw new UsageError(`one run at a time; what is "${others[0]}"?`)
  if (files.init && files.resume) {
    throw new UsageError('--init starts a run, --resume goes on with one: give one of them')
  }
  if (files.tune && files.resume) {
    throw new UsageError('--resume goes on with the kernels of its checkpoint: leave out --tune')
  }
  if (every && !files.checkpoint) throw new UsageError('--checkpoint-every needs --checkpoint F')
  if (meter && !files.log) throw new UsageError('--meter writes into the log: it needs --log F')
  return {
    run,
    ...files,
    ...(meter === undefined ? {} : { meter: wholeNumber('--meter', meter) }),
    ...(steps === undefined ? {} : { steps: wholeNumber('--steps', steps) }),
    ...(every === undefined ? {} : { checkpointEvery: wholeNumber('--checkpoint-every', every) }),
  }
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,7}$/.test(text)) return Number(text)
  throw new UsageError(`${option}: expected a whole number from 1, got "${text}"`)
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true })
}
