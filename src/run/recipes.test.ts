import { expect, test } from 'vitest'
import { cifarSpec } from '../models/presets'
import { parseRun, type RunConfig } from './config'
import { FIRST_RUN } from './presets'
import { RECIPES, recipeOf } from './recipes'

const [firstLook, paper, cosine, oneCycle] = RECIPES

const withDepth = (depth: number): RunConfig => ({
  ...FIRST_RUN,
  model: cifarSpec({ version: 'v1', block: 'basic', depth }),
})

test("the paper's recipe is that of section 4.2, with a warm-up from 110 layers on", () => {
  const { train, data, evaluate } = paper!.apply(withDepth(20))
  expect(train).toEqual({
    steps: 64_000,
    batchSize: 128,
    learningRate: { kind: 'step', rate: 0.1, milestones: [32_000, 48_000], factor: 0.1 },
    momentum: 0.9,
    nesterov: false,
    weightDecay: 1e-4,
    precision: 'f32',
  })
  expect(data).toMatchObject({ train: 45_000, validation: 5000, augment: 'crop-flip' })
  expect(evaluate).toEqual({ every: 390, images: 5000 })
  expect(paper!.apply(withDepth(56)).train.learningRate.warmup).toBeUndefined()
  for (const depth of [110, 1202]) {
    const { learningRate } = paper!.apply(withDepth(depth)).train
    expect(learningRate.warmup).toEqual({ steps: 400, rate: 0.01 })
  }
})

test.each(RECIPES.map((recipe) => [recipe.id, recipe] as const))(
  '%s gives a run that is right, keeps net, pictures and seed, and is known again',
  (_, recipe) => {
    const before = { ...withDepth(110), seed: 7 }
    const run = recipe.apply(before)
    expect(parseRun(JSON.parse(JSON.stringify(run)))).toEqual(run)
    expect(run).toMatchObject({ seed: 7, model: before.model, data: { name: 'shapes10' } })
    expect(recipeOf(parseRun(run))).toBe(recipe)
    expect(recipeOf({ ...run, seed: 8 })).toBe(recipe)
    expect(recipeOf({ ...run, train: { ...run.train, momentum: 0.8 } })).toBeUndefined()
  },
)

test('the settings of the first visit are the first look', () => {
  expect(recipeOf(FIRST_RUN)).toBe(firstLook)
})

test('a deep net without its warm-up is not trained as the paper says', () => {
  const shallow = paper!.apply(withDepth(20))
  expect(recipeOf({ ...shallow, model: withDepth(110).model })).toBeUndefined()
})

test.each([firstLook!, cosine!, oneCycle!])(
  'a run without held-out images is not validated',
  (recipe) => {
    const { evaluate: _, ...run } = FIRST_RUN
    const unheld = { ...run, data: { ...run.data, validation: 0 } }
    expect(recipe.apply({ ...unheld, evaluate: { every: 1, images: 1 } })).not.toHaveProperty(
      'evaluate',
    )
    expect(recipeOf(recipe.apply(unheld))).toBe(recipe)
  },
)
