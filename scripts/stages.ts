import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ensureBrowser } from './browser'
import type { ReportFormat } from './reports'
import { ensureAdapters } from './vulkan'

/** One command of the test run. */
export interface Job {
  title: string
  command: readonly [string, ...string[]]
  env?: Record<string, string>
  timeoutMs: number
  report?: { file: string; format: ReportFormat }
}

/** A part of the test run that can be chosen by name. */
export interface Stage {
  name: string
  /** What to run here, or why there is nothing to run; throws where the machine lacks a need. */
  jobs(): Promise<Job[] | { skipped: string }>
}

const MINUTE_MS = 60_000

function npm(title: string, script: string): Job {
  return { title, command: ['npm', 'run', '--silent', script], timeoutMs: 3 * MINUTE_MS }
}

function vitest(title: string, project: string, env: Record<string, string> = {}): Job {
  const file = `.cache/reports/${title.replace(/\W+/g, '-')}.json`
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return {
    title,
    command: ['vitest', 'run', '--project', project, ...reporters],
    env,
    timeoutMs: 10 * MINUTE_MS,
    report: { file, format: 'vitest' },
  }
}

async function onEachAdapter(title: string, project: string): Promise<Job[]> {
  const adapters = await ensureAdapters()
  return adapters.map((name) => vitest(`${title} on ${name}`, project, { GPU_ADAPTER: name }))
}

/** On one adapter, the quickest: they compile nets again and again. */
async function programTests(): Promise<Job[]> {
  const adapters = await ensureAdapters()
  const name = adapters.find((adapter) => adapter.includes('llvmpipe')) ?? adapters[0]!
  return [vitest(`worker, races and command line on ${name}`, 'programs', { GPU_ADAPTER: name })]
}

function browserTests(): Job {
  const file = '.cache/reports/browser.json'
  return {
    title: 'browser tests',
    command: ['playwright', 'test', '--reporter=list,json'],
    env: { CHROME_PATH: ensureBrowser(), PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    timeoutMs: 46 * MINUTE_MS,
    report: { file, format: 'playwright' },
  }
}

/** Every stage, cheapest first. */
export const STAGES: readonly Stage[] = [
  { name: 'lint', jobs: async () => [npm('format and lint', 'lint')] },
  { name: 'types', jobs: async () => [npm('types', 'types')] },
  { name: 'cpu', jobs: async () => [vitest('CPU tests', 'cpu')] },
  { name: 'build', jobs: async () => [npm('build', 'build')] },
  { name: 'gpu', jobs: () => onEachAdapter('GPU tests', 'gpu') },
  { name: 'programs', jobs: programTests },
  {
    name: 'oracle',
    jobs: async () => {
      const folder = resolve(process.env.ORACLE_DIR ?? '../shared/oracle')
      if (existsSync(folder)) return onEachAdapter('PyTorch reference cases', 'oracle')
      return { skipped: `the PyTorch reference cases are not on this machine (${folder})` }
    },
  },
  { name: 'browser', jobs: async () => [browserTests()] },
]
