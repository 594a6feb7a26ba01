import { DispatchList } from '../gpu/dispatches'
import { type Launch, UNIFORM_BYTES } from '../gpu/launch'
import { BufferPool, readBack } from '../gpu/memory'
import type { PipelineCache } from '../gpu/pipelines'
import { normals } from '../random/seeded'
import { coefficientsOf, coefficientsType } from './batch-norm/coefficients'
import { mergeSumsLaunch } from './batch-norm/merge-sums'
import { fromHalf, toHalf } from './half'
import type { AnyOp, DrawSettings, HostTensor, OpCase, Variable } from './op'
import { packSettings, settingsType } from './settings'
import { withStorage } from './storage'
import {
  byteLength,
  elements,
  type MapElement,
  pack,
  storedAs,
  type TensorType,
  tensorType,
  unpack,
} from './tensor'

/** Words behind every buffer that no kernel may touch. */
const GUARD_WORDS = 64
const GUARD = 0xdeadbeef
/** What a buffer holds before a kernel writes it: NaN in f32 and f16, so that gaps are seen. */
const UNWRITTEN = 0x7fc0_7e01

/** The step that random draws belong to in a test. */
export const TEST_DRAWS: DrawSettings = { seed: 1234, step: 5 }

const TEST_SETTINGS = {
  ...{ learningRate: 0, momentum: 0, weightDecay: 0, nesterov: false, slot: 0 },
  ...TEST_DRAWS,
}

/**
 * The largest error that is allowed, of a tensor's largest value. In f32, sums of some thousand terms
 * stay well inside, and a wrong index or tap is far outside; in f16, it is half a step at each of the
 * maps between input and output, of which no op has over four.
 */
export const ALLOWED_ERROR: Record<MapElement, number> = { f32: 2e-5, f16: 4 * 2 ** -11 }

export interface Difference {
  tensor: string
  /** max |gpu − cpu| over max |cpu|; NaN where the kernel wrote a NaN or left something out. */
  relative: number
  /** A fault besides the values: a guard overwritten, a pad that is not zero. */
  fault?: string
}

/** `nhwc` or `n:u32` with sizes, as a type. */
export function declaredType(declaration: string, shape: readonly number[]): TensorType {
  const [axes, element = 'f32'] = declaration.split(':') as [string, TensorType['element']?]
  return tensorType(axes, shape, element)
}

/** What is left of values when a tensor of this type keeps them. */
function asStored({ element }: TensorType, values: Float64Array): Float64Array {
  return element === 'f16' ? values.map((value) => fromHalf(toHalf(value))) : values
}

/** Types and seeded values of a case's inputs. */
export function caseInputs(op: AnyOp, test: OpCase<string, unknown>, maps: MapElement = 'f32') {
  const names = Object.keys(op.inputs)
  const types: Record<string, TensorType> = {}
  const values: Record<string, HostTensor> = {}
  for (const [i, name] of names.entries()) {
    const shape = test.shapes[name]!
    const type = storedAs(maps, declaredType(op.inputs[name]!, shape))
    const draws = Float64Array.from(normals([1, i], elements(shape), 1))
    types[name] = type
    values[name] = { shape, data: asStored(type, op.sample?.(name, draws, test) ?? draws) }
  }
  for (const [name, data] of Object.entries(op.derive?.(values) ?? {})) {
    values[name] = { shape: test.shapes[name]!, data: data! }
  }
  return { types, values }
}

/** A buffer a variable, with guard words behind it. */
class GuardedBuffers {
  private readonly buffers = new Map<Variable, GPUBuffer>()
  /** Variables whose pads other ops rely on; what an op saves for itself is not among them. */
  readonly padded = new Set<Variable>()
  readonly pool: BufferPool

  constructor(private readonly device: GPUDevice) {
    this.pool = new BufferPool(device)
  }

  variable(label: string, type: TensorType, values?: Float64Array): Variable {
    const bytes = byteLength(type)
    const words = new Uint32Array(bytes / 4 + GUARD_WORDS).fill(GUARD)
    words.fill(UNWRITTEN, 0, bytes / 4)
    if (values) words.set(new Uint32Array(pack(type, values).buffer))
    // Kernels may declare a uniform of the full length, however long the variable is.
    const buffer = this.pool.create(label, Math.max(words.byteLength, UNIFORM_BYTES))
    this.device.queue.writeBuffer(buffer, 0, words)
    const variable = { label, type }
    this.buffers.set(variable, buffer)
    return variable
  }

  uniform(label: string, type: TensorType, bytes: ArrayBuffer): Variable {
    const buffer = this.pool.create(label, bytes.byteLength)
    this.device.queue.writeBuffer(buffer, 0, bytes)
    const variable = { label, type }
    this.buffers.set(variable, buffer)
    return variable
  }

  bind(unbound: Launch<Variable>): Launch<GPUBufferBinding> {
    const launch = withStorage(unbound)
    const range = (variable: Variable) => ({ buffer: this.buffers.get(variable)! })
    return {
      ...launch,
      reads: launch.reads.map(range),
      writes: launch.writes.map(range),
      uniforms: (launch.uniforms ?? []).map((variable) => {
        const { buffer } = range(variable)
        return { buffer, size: Math.min(UNIFORM_BYTES, buffer.size) }
      }),
    } as Launch<GPUBufferBinding>
  }

  async compare(variable: Variable, expected: Float64Array): Promise<Difference> {
    const { type, label } = variable
    const memory = await readBack(this.device, { buffer: this.buffers.get(variable)! })
    const bytes = byteLength(type)
    const found = unpack(type, memory.slice(0, bytes))
    const guards = new Uint32Array(memory, bytes, GUARD_WORDS)
    const fault = guards.some((word) => word !== GUARD)
      ? 'wrote past the end'
      : this.padded.has(variable)
        ? padFault(type, memory.slice(0, bytes), found)
        : undefined
    return { tensor: label, relative: relativeError(found, expected), ...(fault ? { fault } : {}) }
  }

  destroy(): void {
    this.pool.destroy()
  }
}

/** Pads must be zero: what is left when the true elements are taken away. */
function padFault(type: TensorType, memory: ArrayBuffer, found: Float32Array): string | undefined {
  const [Words, magnitude] =
    type.element === 'f16' ? [Uint16Array, 0x7fff] : ([Uint32Array, 0x7fff_ffff] as const)
  const withoutPads = new Words(pack(type, found).buffer)
  const clean = new Words(memory).every(
    (word, i) => word === withoutPads[i] || (word & magnitude) === 0,
  )
  return clean || found.some(Number.isNaN) ? undefined : 'left a pad that is not zero'
}

function relativeError(found: ArrayLike<number>, expected: Float64Array): number {
  let worst = 0
  let scale = 0
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(found[i]!)) return Number.NaN
    worst = Math.max(worst, Math.abs(found[i]! - expected[i]!))
    scale = Math.max(scale, Math.abs(expected[i]!))
  }
  return worst / Math.max(scale, 1e-3)
}

/** A passage of seeded values, and what becomes of a gradient that is taken through it. */
function passageOf(buffers: GuardedBuffers, type: TensorType, gradient: Float64Array) {
  const C = type.shape.at(-1)!
  const draw = (i: number, count: number) => Float64Array.from(normals([4, i], count, 1))
  const y = asStored(type, draw(0, gradient.length))
  const raw = asStored(type, draw(1, gradient.length))
  const vector = (i: number): HostTensor => ({ shape: [C], data: draw(i, C) })
  const coefficients = coefficientsOf({ shape: type.shape, data: raw }, vector(2), vector(3))
  const dz = gradient.map((value, i) => (y[i]! > 0 ? value : 0))
  const sums = { weight: new Float64Array(C), bias: new Float64Array(C) }
  for (const [i, value] of dz.entries()) {
    const c = i % C
    const at = (c >> 2) * 16 + (c & 3)
    sums.weight[c]! += value * (raw[i]! - coefficients[at + 8]!) * coefficients[at + 12]!
    sums.bias[c]! += value
  }
  const passage = {
    y: buffers.variable("the ReLU's output", type, y),
    raw: buffers.variable("the batch norm's input", type, raw),
    coefficients: buffers.variable('coefficients', coefficientsType(C), coefficients),
  }
  return { passage, dz, ...sums }
}

/**
 * Runs one case of an op on the GPU, forward and backward, with its feature maps stored as `maps`
 * says, and compares it with the reference.
 */
export async function selfTest(
  device: GPUDevice,
  cache: PipelineCache,
  op: AnyOp,
  test: OpCase<string, unknown>,
  maps: MapElement = 'f32',
): Promise<Difference[]> {
  const { attributes } = test
  const { types, values } = caseInputs(op, test, maps)
  const reference = op.cpu.forward(values, attributes, TEST_DRAWS)
  const yType = storedAs(maps, op.shape(types, attributes))
  const savedTypes: Record<string, TensorType> = op.saved?.(types, attributes) ?? {}
  const draw = (key: [number, number], type: TensorType) =>
    asStored(type, Float64Array.from(normals(key, elements(type.shape), 1)))
  const dyValues = draw([2, 99], yType)

  const buffers = new GuardedBuffers(device)
  const expected = new Map<Variable, Float64Array>()
  const output = (label: string, type: TensorType, wanted: Float64Array) => {
    const variable = buffers.variable(label, type)
    expected.set(variable, wanted)
    return variable
  }
  const padded = (variable: Variable) => {
    buffers.padded.add(variable)
    return variable
  }
  const inputs = Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      buffers.variable(name, type, values[name]!.data),
    ]),
  )
  for (const name of op.state ?? []) expected.set(inputs[name]!, reference.state![name]!)
  const context = {
    in: inputs,
    y: padded(output('y', yType, reference.y)),
    saved: Object.fromEntries(
      Object.entries(savedTypes).map(([name, type]) => [
        name,
        output(name, storedAs(maps, type), reference.saved![name]!),
      ]),
    ),
    settings: buffers.uniform('settings', settingsType, packSettings(TEST_SETTINGS)),
    scratch: (label: string, type: TensorType) => buffers.variable(label, type),
  }
  const launches = op.gpu.forward(context, attributes)
  if (op.gpu.backward && op.cpu.backward) {
    const saved = { y: reference.y, dy: dyValues, saved: reference.saved ?? {} }
    const gradients = op.cpu.backward(values, saved, attributes, TEST_DRAWS)
    const computed = op.differentiable.filter((name: string) => !op.passes?.includes(name))
    const grad = Object.fromEntries(
      computed.map((name: string) => [
        name,
        padded(output(`gradient of ${name}`, types[name]!, gradients[name]!)),
      ]),
    )
    const before: Record<string, Float64Array> = {}
    const addend = Object.fromEntries(
      (op.accumulates ?? []).map((name: string, i: number) => {
        const draws = draw([3, i], types[name]!)
        before[name] = draws
        const wanted = expected.get(grad[name]!)!
        for (const [j, draw] of draws.entries()) wanted[j]! += draw
        return [name, buffers.variable(`addend of ${name}`, types[name]!, draws)]
      }),
    )
    const dy = buffers.variable('dy', yType, dyValues)
    launches.push(...op.gpu.backward({ ...context, dy, grad, addend }, attributes))
    for (const [name, type] of Object.entries(op.completes?.(types, attributes) ?? {})) {
      const sum = expected.get(grad[name]!)!
      const total = buffers.variable(`completed ${name}`, types[name]!, before[name])
      const { passage, ...reference } = passageOf(buffers, types[name]!, sum)
      const parts = buffers.variable('parts', type!)
      const [weight, bias] = ['Σ dz·x̂', 'Σ dz'].map((label) =>
        buffers.variable(label, tensorType('c', [types[name]!.shape.at(-1)!])),
      ) as [Variable, Variable]
      const own = { grad: { [name]: total }, addend: { [name]: total } }
      const onward = { [name]: { ...passage, parts } }
      launches.push(...op.gpu.backward({ ...context, dy, ...own, onward }, attributes))
      launches.push(mergeSumsLaunch(parts, weight, bias))
      expected.set(padded(total), reference.dz).set(weight, reference.weight)
      expected.set(bias, reference.bias)
    }
  }
  try {
    const bound = launches.map((launch) => buffers.bind(launch))
    const list = await DispatchList.create(device, cache, buffers.pool, bound)
    const encoder = device.createCommandEncoder()
    list.encode(encoder)
    device.queue.submit([encoder.finish()])
    const differences: Difference[] = []
    for (const [variable, wanted] of expected) {
      differences.push(await buffers.compare(variable, wanted))
    }
    return differences
  } finally {
    buffers.destroy()
  }
}
