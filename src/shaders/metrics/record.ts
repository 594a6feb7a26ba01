import type { Launch } from '../../gpu/launch'
import settingsCode from '../lib/settings.wgsl?raw'
import type { Variable } from '../op'
import recordCode from './record.wgsl?raw'

const kernel = { label: 'record metrics', code: settingsCode + recordCode }
const GROUP = 64

/** Sums a batch's losses and correct answers into the ring's slot of this step. */
export function recordLaunch(variables: {
  loss: Variable
  correct: Variable
  ring: Variable
  settings: Variable
}): Launch<Variable> {
  const { loss, correct, ring, settings } = variables
  return {
    kernel,
    constants: { GROUP },
    sizes: { n: loss.type.shape[0]! },
    reads: [loss, correct],
    writes: [ring],
    uniforms: [settings],
    workgroups: [1, 1, 1],
  }
}
