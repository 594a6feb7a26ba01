import type { ComparisonConfig } from '../run/comparison'
import type { MemorySummary } from '../train/memory-summary'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`.padStart(11)

/** What a run will take on the GPU, as lines of text. */
export function memoryLines({ bytes, use, largest }: MemorySummary): string[] {
  return [
    `memory on the GPU:                      ${megabytes(bytes)}`,
    `  weights, gradients and velocities     ${megabytes(use.weights)}`,
    `  feature maps kept for the way back    ${megabytes(use.saved)}`,
    `  scratch                               ${megabytes(use.scratch)}`,
    `  images, labels and metrics            ${megabytes(use.input)}`,
    'largest buffers:',
    ...largest.map(({ label, bytes }) => `  ${label.padEnd(38)}${megabytes(bytes)}`),
  ]
}

/** What the lanes of a comparison will take together, and each of them. */
export function lanesMemory(
  { lanes }: ComparisonConfig,
  summaries: readonly MemorySummary[],
): string[] {
  const bytes = summaries.reduce((sum, summary) => sum + summary.bytes, 0)
  const each = lanes.flatMap(({ name }, lane) => [
    '',
    `lane "${name}"`,
    ...memoryLines(summaries[lane]!),
  ])
  return [`all lanes on the GPU:                   ${megabytes(bytes)}`, ...each]
}
