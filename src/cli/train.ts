import { listAdapters } from './adapter'
import { parseArguments, USAGE, UsageError } from './arguments'
import { plannedMemory, train } from './session'

/** One clear line for what went wrong, with the remedy where the error has one. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const remedy = 'remedy' in error ? ` ${error.remedy}` : ''
  return `${error.message}${remedy}`
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
  if (asked.plan) {
    process.stdout.write(`${plannedMemory(asked).join('\n')}\n`)
    return 0
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
