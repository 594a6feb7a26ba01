/** `npm test`: all tests, cheapest first, up to the first stage that fails. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { type Counts, readReport, sum } from './reports'
import { type Job, STAGES, type Stage } from './stages'

interface Result extends Counts {
  /** What went wrong; undefined where nothing did. */
  failure?: string
}

/** The stages that `--only=cpu,types` names, in their own order; all without it. */
function chosenStages(args: readonly string[]): readonly Stage[] {
  const names = STAGES.map((stage) => stage.name)
  if (args.length === 0) return STAGES
  const only = /^--only=(.+)$/.exec(args.join(' '))?.[1]?.split(',')
  if (!only?.every((name) => names.includes(name))) {
    console.error(`usage: npm test -- [--only=STAGE,…], with stages of ${names.join(', ')}`)
    process.exit(2)
  }
  return STAGES.filter((stage) => only.includes(stage.name))
}

async function runJob({
  command: [program, ...args],
  env,
  timeoutMs,
  report,
}: Job): Promise<Result> {
  if (report) rmSync(report.file, { force: true })
  // Vite has put a mode of its own into this process; a build under it would be no build.
  const { NODE_ENV: _, ...inherited } = process.env
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...inherited, ...env },
    timeout: timeoutMs,
    shell: process.platform === 'win32',
  })
  const [code, signal] = await once(child, 'exit')
  const counts = report ? readReport(report.file, report.format) : sum([])
  if (signal) return { ...counts, failure: `stopped after ${timeoutMs / 1000} s by ${signal}` }
  if (code !== 0) return { ...counts, failure: `exit code ${code}` }
  if (report && counts.passed === 0) return { ...counts, failure: 'no test passed' }
  return counts
}

/** Runs a stage's jobs up to the first that fails. */
async function runStage(stage: Stage): Promise<Result[]> {
  const jobs = await stage.jobs()
  if ('skipped' in jobs) {
    console.log(`\n—— ${stage.name}: SKIPPED: ${jobs.skipped}`)
    return [{ passed: 0, failed: 0, skipped: 1 }]
  }
  const results: Result[] = []
  for (const job of jobs) {
    console.log(`\n—— ${stage.name}: ${job.title}`)
    const started = performance.now()
    const result = await runJob(job)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    results.push(result)
    if (result.failure) {
      console.log(`—— ${stage.name}: FAILED after ${seconds} s: ${job.title}: ${result.failure}`)
      break
    }
    console.log(`—— ${stage.name}: ${job.title}: ${seconds} s`)
  }
  return results
}

const stages = chosenStages(process.argv.slice(2))
const results: Result[] = []
for (const stage of stages) {
  try {
    results.push(...(await runStage(stage)))
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    console.log(`—— ${stage.name}: FAILED: ${failure}`)
    results.push({ ...sum([]), failure })
  }
  if (!results.some((result) => result.failure)) continue
  const left = stages.slice(stages.indexOf(stage) + 1).map(({ name }) => name)
  if (left.length > 0) console.log(`—— not run: ${left.join(', ')}`)
  break
}

const failed = results.some((result) => result.failure)
const total = sum(results)
// A stage that failed without a failing test (lint, a crash) counts as one.
const failures = Math.max(total.failed, failed ? 1 : 0)
const skips = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${failures} failed${skips}`)
process.exit(failed ? 1 : 0)
