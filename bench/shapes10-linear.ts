/**
 * How far a linear classifier on the pixels gets on the built-in set, as the mark that a net has
 * to pass: npm run shapes10:linear
 */
import { CLASS_COUNT, IMAGE_BYTES } from '../src/data/images'
import { MEAN, STANDARD_DEVIATION } from '../src/data/normalise'
import { Shapes10 } from '../src/data/shapes10'
import { keyFor, permutation } from '../src/random/seeded'
import { TRAINING_IMAGES } from '../src/run/config'

const TRAIN = 9000
const VALIDATION = 1000
const EPOCHS = 5
const RATE = 1e-3

const source = new Shapes10()
const bytes = new Uint8Array(IMAGE_BYTES)
const pixels = new Float64Array(IMAGE_BYTES)
const weights = new Float64Array(CLASS_COUNT * IMAGE_BYTES)
const biases = new Float64Array(CLASS_COUNT)

/** Reads picture `index` into `pixels`, normalised, and returns its label. */
function load(index: number): number {
  const label = source.read(index, bytes, 0)
  const plane = IMAGE_BYTES / MEAN.length
  for (let i = 0; i < IMAGE_BYTES; i++) {
    const channel = Math.floor(i / plane)
    pixels[i] = (bytes[i]! / 255 - MEAN[channel]!) / STANDARD_DEVIATION[channel]!
  }
  return label
}

function logits(): Float64Array {
  return biases.map((bias, k) => {
    const row = k * IMAGE_BYTES
    let sum = bias
    for (let i = 0; i < IMAGE_BYTES; i++) sum += weights[row + i]! * pixels[i]!
    return sum
  })
}

/** A step of SGD on softmax cross-entropy, for the one picture that is loaded. */
function step(label: number, rate: number): void {
  const scores = logits()
  const highest = Math.max(...scores)
  const exponentials = scores.map((score) => Math.exp(score - highest))
  const sum = exponentials.reduce((a, b) => a + b)
  for (let k = 0; k < CLASS_COUNT; k++) {
    const gradient = exponentials[k]! / sum - (k === label ? 1 : 0)
    const row = k * IMAGE_BYTES
    biases[k]! -= rate * gradient
    for (let i = 0; i < IMAGE_BYTES; i++) weights[row + i]! -= rate * gradient * pixels[i]!
  }
}

function accuracy(first: number, count: number): number {
  let correct = 0
  for (let index = first; index < first + count; index++) {
    const label = load(index)
    const scores = logits()
    if (scores.indexOf(Math.max(...scores)) === label) correct++
  }
  return correct / count
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

for (let epoch = 0; epoch < EPOCHS; epoch++) {
  const rate = RATE * (1 - epoch / EPOCHS)
  for (const index of permutation(keyFor(1, 'shuffle'), epoch, TRAIN)) step(load(index), rate)
  const validation = accuracy(TRAINING_IMAGES - VALIDATION, VALIDATION)
  const training = accuracy(0, VALIDATION)
  console.log(
    `epoch ${epoch + 1}: ${percent(validation)} of ${VALIDATION} validation pictures, ${percent(training)} of the first ${VALIDATION} training pictures`,
  )
}
