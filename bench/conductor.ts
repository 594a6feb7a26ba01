/** A bench in a worker of the page: told what to measure, it says how far it is and what came out. */
import '../src/ui/trusted-types'
import packageJson from '../package.json'
import type { BenchTask } from './contenders'
import { measure } from './measure'
import { type Report, report, reportOf } from './report'
import { resultOf } from './result'
import { workerHost } from './worker-host'

export type Said =
  | { type: 'progress'; line: string; share: number }
  /** `markdown` is the whole report as a text to paste. */
  | { type: 'result'; report: Report; markdown: string }
  | { type: 'failed'; message: string }

const say = (said: Said) => self.postMessage(said)

async function conduct(task: BenchTask): Promise<void> {
  const { name, version } = packageJson
  const commit = import.meta.env.VITE_APP_COMMIT
  const host = workerHost()
  const measured = await measure(task, host, (line, share) =>
    say({ type: 'progress', line, share }),
  )
  const result = resultOf(task, measured, {
    date: new Date().toISOString().slice(0, 10),
    runtime: host.runtime,
    how: `page: bench of ${name} ${version}, commit ${commit}, ${task.rounds} rounds`,
  })
  say({ type: 'result', report: reportOf(result), markdown: report(result) })
}

self.addEventListener('message', ({ data }: MessageEvent<BenchTask>) => {
  conduct(data).catch((error) => {
    say({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  })
})
