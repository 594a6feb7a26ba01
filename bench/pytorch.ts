import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EPSILON, MOMENTUM as TOWARD_BATCH } from '../src/shaders/batch-norm/reference'
import type { Answers } from './answers'
import type { Task } from './contenders'
import { Answering } from './process'
import { LEARNING_RATE, MOMENTUM, type Workload, workload } from './workload'

/** PyTorch on the CPU, with the workload in the folder; throws where there is none. */
export function startPyTorch({ depth, batch }: Task, folder: string): Answers {
  const python = findPyTorch()
  if (!python) throw new Error('no PyTorch here')
  writeWorkload(folder, workload(depth, batch))
  const script = fileURLToPath(new URL('pytorch.py', import.meta.url))
  return Answering.start(python, [script, folder], {})
}

/** The first `python3` on the PATH that has PyTorch. */
export function findPyTorch(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const pythons = folders.map((folder) => join(folder, 'python3')).filter(existsSync)
  return pythons.find(
    (python) => spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  )
}

/** Writes the workload where `pytorch.py` reads it. */
function writeWorkload(folder: string, { plan, tensors, images, labels }: Workload): void {
  const { height, channels } = plan.nodes[0]!.output
  const work = {
    ...{ nodes: plan.nodes, logits: plan.output, side: height, channels },
    tensors: tensors.map(({ name, shape, trained }) => ({ name, shape, trained })),
    labels: [...labels],
    ...{ learningRate: LEARNING_RATE, momentum: MOMENTUM },
    ...{ epsilon: EPSILON, towardBatch: TOWARD_BATCH },
  }
  writeFileSync(join(folder, 'workload.json'), JSON.stringify(work))
  const values = [...tensors.map(({ data }) => data), images]
  writeFileSync(
    join(folder, 'values.bin'),
    Buffer.concat(
      values.map(({ buffer, byteOffset, byteLength }) =>
        Buffer.from(buffer, byteOffset, byteLength),
      ),
    ),
  )
}
