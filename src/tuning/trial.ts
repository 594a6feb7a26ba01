import { Arena, type Place } from '../autograd/arena'
import { Graph } from '../autograd/graph'
import type { Launch } from '../gpu/launch'
import { batchCoefficients, normReluConv } from '../shaders'
import {
  type ConvChoice,
  type ConvKernel,
  type ConvShape,
  FIXED_CHOICE,
} from '../shaders/conv2d/choice'
import { normShapes } from '../shaders/norm-relu/op'
import type { Variable } from '../shaders/op'
import { declaredType } from '../shaders/self-test'
import { settingsType } from '../shaders/settings'
import { type MapElement, storedAs, tensorType } from '../shaders/tensor'

/** What there is to choose about a convolution. */
export type Aspect = keyof ConvChoice

/** A value of an aspect. */
export type Candidate = ConvKernel | number

/** One aspect of a convolution of one shape as launches, for every candidate on the same tensors. */
export interface Trial {
  inputs: readonly Variable[]
  /** What the candidates must agree in. */
  outputs: readonly Variable[]
  /** Where inputs lie that cannot have a buffer of their own. */
  places: ReadonlyMap<Variable, Place>
  launches(candidate: Candidate): Launch<Variable>[]
}

/**
 * The convolution as most of a net's are: a batch norm and a ReLU in front, statistics behind, and
 * backward through all of it.
 */
export function trialOf(shape: ConvShape, aspect: Aspect): Trial {
  const { element, stride, padding } = shape
  const maps = element as MapElement
  const sizes = { ...normShapes(shape.x), w: shape.w }
  const typeOf = (name: keyof typeof sizes) =>
    storedAs(maps, declaredType(normReluConv.inputs[name], sizes[name]))
  const variable = (name: keyof typeof sizes) => ({ label: name, type: typeOf(name) })
  const filters = new Arena('filter')
  const w = filters.add('w', typeOf('w'))
  filters.slabs()
  const inputs = {
    ...{ x: variable('x'), coefficients: variable('coefficients') },
    ...{ weight: variable('weight'), bias: variable('bias'), w },
  }
  const settings = { label: 'settings', type: settingsType }
  const graph = new Graph(settings, maps)
  const attributes = { stride, padding, statistics: true }
  const node = graph.apply(normReluConv, inputs, attributes)
  const context = graph.context(node)
  const all = [...Object.values(inputs), settings]
  const gradient = ({ label, type }: Variable) => ({ label: `gradient of ${label}`, type })
  const trial = (
    outputs: readonly Variable[],
    others: readonly Variable[],
    launches: (choice: ConvChoice) => Launch<Variable>[],
  ): Trial => ({
    ...{ inputs: [...all, ...others], outputs, places: filters.places },
    launches: (candidate) => launches({ ...FIXED_CHOICE, [aspect]: candidate } as ConvChoice),
  })

  if (aspect === 'forward') {
    // Kernels may sum up other pixels together: what must agree is what comes of all tiles.
    const names = ['weight', 'bias', 'runningMean', 'runningVariance'] as const
    const type = tensorType('c', [shape.w[3]!])
    const vectors = Object.fromEntries(
      names.map((label) => [label, { label: `next ${label}`, type }]),
    )
    const next = graph.apply(
      batchCoefficients,
      { parts: node.saved.parts, ...(vectors as Record<(typeof names)[number], Variable>) },
      { map: node.y.type.shape },
    )
    return trial([node.y, next.y], Object.values(vectors), (choice) => [
      ...normReluConv.gpu.forward(
        { ...context, in: inputs, saved: node.saved },
        { ...attributes, choice },
      ),
      ...next.op.gpu.forward(graph.context(next), next.attributes),
    ])
  }
  const dy = gradient(node.y)
  const wanted = aspect === 'dataGradient' ? (['x', 'weight', 'bias'] as const) : (['w'] as const)
  const grad = Object.fromEntries(wanted.map((name) => [name, gradient(inputs[name])]))
  return trial(Object.values(grad), [dy], (choice) =>
    normReluConv.gpu.backward!(
      { ...context, in: inputs, saved: node.saved, dy, grad, addend: {} },
      { ...attributes, choice },
    ),
  )
}
