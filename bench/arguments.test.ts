import { expect, test } from 'vitest'
import { parseArguments, UsageError } from './arguments'
import { CONTENDERS } from './contenders'

test('without options it is ResNet-20 at a batch of 32, against everyone', () => {
  expect(parseArguments([])).toEqual({
    ...{ adapter: '', depth: 20, batch: 32, rounds: 5, browser: false, deep: true },
    contenders: [...CONTENDERS],
  })
})

test('ours stands first, asked for or not', () => {
  expect(parseArguments(['--contenders', 'jax'])).toMatchObject({ contenders: ['ours', 'jax'] })
})

test.each([
  [['--net', 'resnet-21'], '--net: expected one of resnet-8'],
  [['--batch', '0'], '--batch: expected a whole number from 1 to 4096, got "0"'],
  [['--rounds', '2'], '--rounds: expected a whole number from 3'],
  [['--contenders', 'ours,torch'], 'got "torch"'],
  [['--browser', '--adapter', 'llvmpipe'], '--browser has SwiftShader for its adapter'],
  [['--fast'], "Unknown option '--fast'"],
])('%j is told to be wrong', (words, message) => {
  expect(() => parseArguments(words)).toThrow(UsageError)
  expect(() => parseArguments(words)).toThrow(message)
})
