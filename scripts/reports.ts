import { existsSync, readFileSync } from 'node:fs'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export type ReportFormat = 'vitest' | 'playwright'

const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 }

/** What a runner's JSON report counts; nothing where the runner died before it wrote one. */
export function readReport(file: string, format: ReportFormat): Counts {
  if (!existsSync(file)) return NOTHING
  const report = JSON.parse(readFileSync(file, 'utf8'))
  switch (format) {
    case 'vitest':
      return {
        passed: report.numPassedTests,
        failed: report.numFailedTests,
        skipped: report.numPendingTests + report.numTodoTests,
      }
    case 'playwright':
      return {
        passed: report.stats.expected,
        failed: report.stats.unexpected + report.stats.flaky,
        skipped: report.stats.skipped,
      }
    default:
      throw new Error(`unknown report format: ${format satisfies never}`)
  }
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
    }),
    NOTHING,
  )
}
