/**
 * Times our training step against other libraries' on the same net, weights, batch and adapter,
 * and prints a table: npm run bench -- --help
 */
import { writeFileSync } from 'node:fs'
import { GpuUnavailable } from '../src/gpu/device'
import { findAdapter } from './adapter'
import { type BenchArguments, parseArguments, USAGE, UsageError } from './arguments'
import { machine } from './machine'
import { measure } from './measure'
import { nodeHost } from './node-host'
import { report } from './report'
import { type BenchResult, resultOf } from './result'

/** Measures what the arguments ask for, and says on stderr how far it is. */
async function bench(args: BenchArguments, how: string): Promise<BenchResult> {
  const before = machine()
  const host = args.browser
    ? await (await import('./chromium')).chromiumHost()
    : nodeHost(await findAdapter(args.adapter))
  try {
    const measured = await measure(args, host, (line) => console.error(line))
    const date = new Date().toISOString().slice(0, 10)
    return resultOf(args, measured, { date, how, machine: before, runtime: host.runtime })
  } finally {
    await host.close()
  }
}

/** The exit code: 1 where losses differ. */
async function main(words: string[]): Promise<number> {
  const args = parseArguments(words)
  if (args === 'help') {
    console.log(USAGE)
    return 0
  }
  const command = ['npm run --silent bench --', ...words].join(' ')
  const result = await bench(args, `command: \`${command}\``)
  console.log(report(result))
  if (args.json) writeFileSync(args.json, `${JSON.stringify(result, null, 2)}\n`)
  return result.disagreements.length > 0 ? 1 : 0
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `bench: ${error.message}\n\n${USAGE}`
  if (error instanceof GpuUnavailable) return `${error.message} ${error.remedy}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

try {
  process.exit(await main(process.argv.slice(2)))
} catch (error) {
  console.error(explain(error))
  process.exit(error instanceof UsageError ? 2 : 1)
}
