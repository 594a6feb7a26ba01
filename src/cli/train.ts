import { DoesNotFit } from '../autograd/program'
import { GpuUnavailable } from '../gpu/device'
import { listAdapters } from './adapter'
import { parseArguments, USAGE, UsageError } from './arguments'
import { train } from './session'

/** One clear line for what went wrong, with the remedy where there is one. */
function describe(error: unknown): string {
  if (error instanceof GpuUnavailable || error instanceof DoesNotFit) {
    return `${error.message} ${error.remedy}`
  }
  return error instanceof Error ? error.message : String(error)
}

async function main(words: string[]): Promise<number> {
  const asked = parseArguments(words)
  if (asked === 'help') {
    process.stdout.write(USAGE)
    return 0
  }
  if (asked === 'list-adapters') {
    const adapters = await listAdapters()
    process.stdout.write(adapters.map((name) => `${name}\n`).join(''))
    return adapters.length > 0 ? 0 : 1
  }
  return train(asked)
}

/** Dawn keeps the process alive, so it ends by `exit`. */
try {
  process.exit(await main(process.argv.slice(2)))
} catch (error) {
  const usage = error instanceof UsageError
  process.stderr.write(`${describe(error)}\n${usage ? `\n${USAGE}` : ''}`)
  process.exit(usage ? 2 : 1)
}
