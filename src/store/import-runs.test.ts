import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { RunDatabase } from '../archive/database'
import { exportRuns, MAX_FILE_BYTES } from '../archive/exchange'
import type { RunRecord, StepColumns } from '../archive/record'
import { FIRST_RUN } from '../run/presets'
import { importRuns } from './import-runs'
import { KeptRuns } from './kept-runs'

const RECORD: RunRecord = {
  ...{ id: 'a'.repeat(24), name: 'Mine', note: '', starred: false, run: FIRST_RUN },
  ...{ startedAt: 1, updatedAt: 2, status: { state: 'finished' }, steps: 2, evaluations: [] },
  ...{ device: { name: 'A GPU', software: false } },
  versions: { app: '1', commit: 'abc', browser: 'Browser 1' },
}
const STEPS: StepColumns = {
  loss: Float32Array.of(2.3, Number.NaN),
  correct: Uint32Array.of(1, 2),
  learningRate: Float64Array.of(0.1, 0.1),
  seconds: Float64Array.of(1, 2),
}
const checkpoint = { step: 2, bytes: 7, savedAt: 8 }
const file = (record = RECORD, steps = STEPS) =>
  new File([exportRuns([{ record, steps }], 0)], 'a.runs.json')

let runs: KeptRuns
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  runs = new KeptRuns({
    openDatabase: () => RunDatabase.open(),
    openCheckpoints: async () => undefined,
    manager: undefined,
  })
  await runs.load()
})
const imported = () => runs.store.getState().imported
const names = () => runs.store.getState().runs!.map(({ name }) => name)

test('an imported run stands among the others with its figures, and once only', async () => {
  await importRuns(runs, file())
  expect(imported()).toEqual({ file: 'a.runs.json', added: 1, known: 0, renamed: 0 })
  await importRuns(runs, file({ ...RECORD, name: 'Called so elsewhere' }))
  expect(imported()).toMatchObject({ added: 0, known: 1 })
  expect(runs.store.getState().runs).toEqual([RECORD])
  expect(await runs.steps(RECORD.id)).toEqual(STEPS)
})

test('another run under an id that is taken gets one of its own, and changes nothing', async () => {
  await runs.add({ ...RECORD, checkpoint }, STEPS)
  await importRuns(runs, file(RECORD, { ...STEPS, loss: Float32Array.of(2.3, 2.2) }))
  expect(imported()).toMatchObject({ renamed: 1 })
  expect(names().sort()).toEqual(['Mine', 'Mine (imported)'])
  expect(await runs.steps(RECORD.id)).toEqual(STEPS)
})

test('a run that was deleted a moment ago comes back with its checkpoint', async () => {
  await runs.add({ ...RECORD, checkpoint }, STEPS)
  await runs.delete(RECORD.id)
  await importRuns(runs, file())
  expect(runs.store.getState()).toMatchObject({ runs: [{ checkpoint }], deleted: undefined })
})

test('a file that is too large is refused unread, and a bad one with its reasons', async () => {
  const large = { name: 'large.json', size: MAX_FILE_BYTES + 1 } as File
  await importRuns(runs, large)
  expect(imported()).toMatchObject({ problems: [expect.stringContaining('at most 256 MiB')] })
  await importRuns(runs, new File(['{}'], 'b.json'))
  expect(imported()).toMatchObject({ file: 'b.json', problems: expect.any(Array) })
  expect(names()).toEqual([])
})

test('where the storage fills up half-way, what was taken is told', async () => {
  const add = RunDatabase.prototype.add
  const both = [RECORD, { ...RECORD, id: 'b'.repeat(24) }].map((record) => ({
    record,
    steps: STEPS,
  }))
  RunDatabase.prototype.add = function (record, steps) {
    if (record.id.startsWith('b')) throw new DOMException('no room', 'QuotaExceededError')
    return add.call(this, record, steps)
  }
  await importRuns(runs, new File([exportRuns(both, 0)], 'two.json'))
  RunDatabase.prototype.add = add
  expect(imported()).toMatchObject({
    problems: ["The browser's storage is full: no room", '1 run was taken before that'],
  })
})
