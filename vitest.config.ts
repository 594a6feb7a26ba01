import { configDefaults, defineConfig } from 'vitest/config'

const GPU_TESTS = '**/*.gpu.test.ts'
/** What is built on the kernels and nets: one adapter shows whether it is right. */
const PROGRAM_TESTS = [
  'src/cli/**/*.gpu.test.ts',
  'src/worker/**/*.gpu.test.ts',
  'src/train/race.gpu.test.ts',
  'src/train/kernels.gpu.test.ts',
]
const REFERENCE_TESTS = '**/*.oracle.test.ts'
const OUTSIDE = [...configDefaults.exclude, 'e2e/**']

/** Tests that compute on an adapter: slow on a software one, and one at a time, since all share it. */
const onAdapter = { testTimeout: 300_000, hookTimeout: 120_000, fileParallelism: false }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'cpu',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...OUTSIDE, GPU_TESTS, REFERENCE_TESTS],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'gpu',
          include: [GPU_TESTS],
          exclude: [...OUTSIDE, ...PROGRAM_TESTS],
          ...onAdapter,
        },
      },
      { test: { name: 'programs', include: PROGRAM_TESTS, exclude: OUTSIDE, ...onAdapter } },
      { test: { name: 'oracle', include: [REFERENCE_TESTS], exclude: OUTSIDE, ...onAdapter } },
    ],
  },
})
