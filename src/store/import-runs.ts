import { MAX_FILE_BYTES, parseRuns, sameRun, type WholeRun } from '../archive/exchange'
import { newRunId } from '../archive/record'
import { modelName } from '../models/presets'
import { InvalidConfig } from '../models/validation'
import type { KeptRuns } from './kept-runs'

type Outcome = 'added' | 'known' | 'renamed'

/** Takes the runs of an exported file among those that are here, none of which it changes. */
export async function importRuns(runs: KeptRuns, file: File): Promise<void> {
  const { name } = file
  const counts: Record<Outcome, number> = { added: 0, known: 0, renamed: 0 }
  try {
    if (file.size > MAX_FILE_BYTES) {
      const most = MAX_FILE_BYTES / 2 ** 20
      throw new InvalidConfig([`it has ${file.size} bytes, an exported file at most ${most} MiB`])
    }
    for (const run of parseRuns(await file.text())) counts[await take(runs, run)]++
    runs.store.setState({ imported: { file: name, ...counts } })
  } catch (error) {
    const taken = counts.added + counts.renamed
    const before = `${taken} ${taken === 1 ? 'run was' : 'runs were'} taken before that`
    const problems = [...problemsOf(error), ...(taken > 0 ? [before] : [])]
    runs.store.setState({ imported: { file: name, problems } })
  }
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof InvalidConfig) return error.problems
  const { name, message } = error as Error
  const full = name === 'QuotaExceededError'
  return [full ? `The browser's storage is full: ${message}` : message]
}

async function take(runs: KeptRuns, run: WholeRun): Promise<Outcome> {
  const { record, steps } = run
  const there = await runs.whole(record.id)
  if (!there) {
    await runs.add(record, steps)
    return 'added'
  }
  if (sameRun(there, run)) {
    if (there.record.deletedAt !== undefined) await runs.bringBack(record.id)
    return 'known'
  }
  const name = `${record.name || modelName(record.run.model)} (imported)`.slice(0, 200)
  await runs.add({ ...record, id: newRunId(), name }, steps)
  return 'renamed'
}
