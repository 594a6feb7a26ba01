import { expect, test } from 'vitest'
import { historyOf, seriesOf } from '../../test/synthetic-run'
import { seriesCsv } from './csv'

test('every step is a row, with validation and changes where they belong', () => {
  const history = historyOf(3, (step) => step / 3)
  history.addEvaluation({ step: 2, loss: 1.25, accuracy: 0.5, images: 500 })
  history.addMark({ step: 2, learningRate: 0.01, momentum: 0.8 })
  expect(seriesCsv([seriesOf('v1, deep', 0, [history])]).split('\n')).toEqual([
    'series,seed,step,epoch,images,seconds,learning_rate,batch_loss,batch_accuracy,validation_loss,validation_accuracy,validation_images,changed',
    '"v1, deep",1,1,0.01,10,0.1,0.1,0.333333343,0,,,,',
    '"v1, deep",1,2,0.02,20,0.2,0.1,0.666666687,0.1,1.25,0.5,500,',
    '"v1, deep",1,3,0.03,30,0.3,0.1,1,0.2,,,,"rate 0.01, momentum 0.8"',
    '',
  ])
})

test('losses come back as the same f32', () => {
  const losses = [Math.fround(Math.PI), Math.fround(1e-30), Math.fround(123456.789)]
  const csv = seriesCsv([seriesOf('a', 0, [historyOf(3, (step) => losses[step - 1]!)])])
  const back = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => Math.fround(Number(row.split(',')[7])))
  expect(back).toEqual(losses)
})

test('series and seeds follow each other; a name is no formula and breaks no cell', () => {
  const [a, b] = [historyOf(1, () => 1), historyOf(1, () => 2)]
  const rows = seriesCsv([seriesOf('=1+1', 0, [a, b]), seriesOf('say "v2"\nagain', 1, [a])])
  expect(rows).toContain("\n'=1+1,1,1,")
  expect(rows).toContain("\n'=1+1,2,1,")
  expect(rows).toContain('\n"say ""v2""\nagain",1,1,')
})
