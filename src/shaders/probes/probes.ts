import { type Launch, stridingGroups } from '../../gpu/launch'
import type { Variable } from '../op'
import { tensorType } from '../tensor'
import copyCode from './copy.wgsl?raw'

/** A launch that does nothing but one thing as fast as the adapter can, and how much of it. */
export interface ProbeLaunch {
  launch: Launch<Variable>
  /** FLOP or bytes. */
  amount: number
}

const GROUP = 64

/** Multiply-adds that wait for none of the others: fewer would measure their latency. */
const CHAINS = 12
/** Turns of the chains in the body of the loop: fewer would measure the loop. */
const UNROLLED = 16

/** Chains of fused multiply-adds that end in one sum, so that none is left out. */
function fmaKernel(type: 'f32' | 'vec4f', loops: number) {
  const chains = Array.from({ length: CHAINS }, (_, i) => `c${i}`)
  const turn = chains.map((c) => `${c} = fma(${c}, factor, addend);`).join(' ')
  const code = `
    @group(0) @binding(0) var<storage, read> x: array<${type}>;
    @group(0) @binding(1) var<storage, read_write> y: array<${type}>;
    @compute @workgroup_size(${GROUP}) fn main(@builtin(global_invocation_id) id: vec3u) {
      let factor = x[0] + ${type}(0.9);
      let addend = x[1] + ${type}(0.1);
      ${chains.map((c, i) => `var ${c} = ${type}(f32(id.x + ${i}u));`).join('\n')}
      for (var i = 0; i < ${loops}; i++) {
        ${Array(UNROLLED).fill(turn).join('\n')}
      }
      y[id.x] = ${chains.join(' + ')};
    }`
  return { label: `fma ${type}`, code }
}

/** Fused multiply-adds in registers, two operations each. */
export function fmaProbe(type: 'f32' | 'vec4f', groups: number, loops: number): ProbeLaunch {
  const threads = groups * GROUP
  const lanes = type === 'f32' ? 1 : 4
  const launch: Launch<Variable> = {
    kernel: fmaKernel(type, loops),
    constants: {},
    reads: [{ label: 'x', type: tensorType('i', [8]) }],
    writes: [{ label: 'y', type: tensorType('i', [threads * lanes]) }],
    workgroups: [groups, 1, 1],
  }
  return { launch, amount: 2 * threads * lanes * CHAINS * UNROLLED * loops }
}

/** A copy of so many bytes, which counts as read and written. */
export function copyProbe(bytes: number): ProbeLaunch {
  const type = tensorType('i', [bytes / 4])
  const count = bytes / 16
  const launch: Launch<Variable> = {
    kernel: { label: 'copy', code: copyCode },
    constants: { COUNT: count, GROUP },
    reads: [{ label: 'x', type }],
    writes: [{ label: 'y', type }],
    workgroups: [stridingGroups(count, GROUP), 1, 1],
  }
  return { launch, amount: 2 * bytes }
}
