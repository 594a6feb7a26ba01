import { Arena } from '../src/autograd/arena'
import { planMemory } from '../src/autograd/memory'
import { Program } from '../src/autograd/program'
import { checked, type Gpu, openDevice } from '../src/gpu/device'
import { type Launch, stridingGroups } from '../src/gpu/launch'
import { PipelineCache } from '../src/gpu/pipelines'
import { conv2d } from '../src/shaders'
import type { Variable } from '../src/shaders/op'
import { settingsType } from '../src/shaders/settings'
import { tensorType } from '../src/shaders/tensor'
import copyCode from './copy.wgsl?raw'

/** What this adapter can do, and what one convolution gets out of it. */
export interface Probes {
  /** Fused multiply-adds, in FLOP/s. */
  fma(): Promise<number>
  /** Copying a buffer, in bytes read and written a second. */
  copy(): Promise<number>
  /** Our forward convolution from 16 to 16 channels at 32 × 32, in FLOP/s. */
  convolution(): Promise<number>
}

const GROUP = 64

/** Multiply-adds that wait for none of the others: fewer would measure their latency. */
const CHAINS = 12
/** Turns of the chains in the body of the loop: fewer would measure the loop. */
const UNROLLED = 16
/** Long enough to be interrupted as often as a step is, on a machine that does other work too. */
const LOOPS = 512
const FMA_GROUPS = 512

/** Chains of fused multiply-adds that end in one sum, so that none is left out. */
function fmaKernel(type: 'f32' | 'vec4f') {
  const chains = Array.from({ length: CHAINS }, (_, i) => `c${i}`)
  const turn = chains.map((c) => `${c} = fma(${c}, factor, addend);`).join(' ')
  const code = `
    @group(0) @binding(0) var<storage, read> x: array<${type}>;
    @group(0) @binding(1) var<storage, read_write> y: array<${type}>;
    @compute @workgroup_size(${GROUP}) fn main(@builtin(global_invocation_id) id: vec3u) {
      let factor = x[0] + ${type}(0.9);
      let addend = x[1] + ${type}(0.1);
      ${chains.map((c, i) => `var ${c} = ${type}(f32(id.x + ${i}u));`).join('\n')}
      for (var i = 0; i < ${LOOPS}; i++) {
        ${Array(UNROLLED).fill(turn).join('\n')}
      }
      y[id.x] = ${chains.join(' + ')};
    }`
  return { label: `fma ${type}`, code }
}

/** Launches with how much they do together: FLOP or bytes. */
interface Probe {
  launches: Launch<Variable>[]
  amount: number
  weights?: Arena
}

function fmaProbe(type: 'f32' | 'vec4f'): Probe {
  const threads = FMA_GROUPS * GROUP
  const lanes = type === 'f32' ? 1 : 4
  const launch: Launch<Variable> = {
    kernel: fmaKernel(type),
    constants: {},
    reads: [{ label: 'x', type: tensorType('i', [8]) }],
    writes: [{ label: 'y', type: tensorType('i', [threads * lanes]) }],
    workgroups: [FMA_GROUPS, 1, 1],
  }
  return { launches: [launch], amount: 2 * threads * lanes * CHAINS * UNROLLED * LOOPS }
}

const COPIED_BYTES = 64 * 2 ** 20

function copyProbe(): Probe {
  const type = tensorType('i', [COPIED_BYTES / 4])
  const count = COPIED_BYTES / 16
  const launch: Launch<Variable> = {
    kernel: { label: 'copy', code: copyCode },
    constants: { COUNT: count, GROUP },
    reads: [{ label: 'x', type }],
    writes: [{ label: 'y', type }],
    workgroups: [stridingGroups(count, GROUP), 1, 1],
  }
  return { launches: [launch], amount: 2 * COPIED_BYTES }
}

const SIDE = 32
const CHANNELS = 16
const KERNEL = 3
/** In one submit, so that the submit itself does not count. */
const CONVOLUTIONS = 16

function convolutionProbe(batch: number): Probe {
  const map = tensorType('nhwc', [batch, SIDE, SIDE, CHANNELS])
  const filter = tensorType('rsck', [KERNEL, KERNEL, CHANNELS, CHANNELS])
  const weights = new Arena('weights')
  const context = {
    in: { x: { label: 'x', type: map }, w: weights.add('w', filter) },
    y: { label: 'y', type: map },
    saved: {} as Record<'parts', Variable>,
    settings: { label: 'settings', type: settingsType },
    scratch: (label: string, type: Variable['type']) => ({ label, type }),
  }
  const launches = Array.from({ length: CONVOLUTIONS }, () =>
    conv2d.gpu.forward(context, { stride: 1, padding: 1 }),
  ).flat()
  const multiplyAdds = batch * SIDE * SIDE * CHANNELS * CHANNELS * KERNEL * KERNEL
  weights.slabs()
  return { launches, weights, amount: 2 * multiplyAdds * CONVOLUTIONS }
}

/** Makes probes ready and returns what measures the fastest of them, in its amount a second. */
async function ready(gpu: Gpu, cache: PipelineCache, probes: readonly Probe[]) {
  const made = await Promise.all(
    probes.map(async ({ launches, amount, weights }) => {
      const places = weights?.places ?? new Map()
      const variables = launches.flatMap(({ reads, writes, uniforms = [] }) =>
        [...reads, ...writes, ...uniforms].filter((variable) => !places.has(variable)),
      )
      const memory = planMemory(launches, places, new Set(variables))
      return { amount, program: await Program.create(gpu, cache, memory, { launches }, () => {}) }
    }),
  )
  return async () => {
    let best = 0
    for (const { program, amount } of made) {
      const seconds = await checked(gpu.device, () => timeOf(gpu.device, program))
      best = Math.max(best, amount / seconds)
    }
    return best
  }
}

async function timeOf(device: GPUDevice, program: Program<'launches'>): Promise<number> {
  const encoder = device.createCommandEncoder()
  program.encode('launches', encoder)
  const start = performance.now()
  device.queue.submit([encoder.finish()])
  await device.queue.onSubmittedWorkDone()
  return (performance.now() - start) / 1000
}

/** The probes on an adapter, compiled and run once. */
export async function openProbes(gpu: GPU, batch: number): Promise<Probes> {
  const opened = await openDevice(gpu)
  const cache = new PipelineCache(opened.device)
  const probes = {
    fma: await ready(opened, cache, [fmaProbe('f32'), fmaProbe('vec4f')]),
    copy: await ready(opened, cache, [copyProbe()]),
    convolution: await ready(opened, cache, [convolutionProbe(batch)]),
  }
  for (const measure of Object.values(probes)) await measure()
  return probes
}
