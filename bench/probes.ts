import { Arena } from '../src/autograd/arena'
import { openDevice } from '../src/gpu/device'
import { PipelineCache } from '../src/gpu/pipelines'
import { conv2d } from '../src/shaders'
import type { Variable } from '../src/shaders/op'
import { settingsType } from '../src/shaders/settings'
import { tensorType } from '../src/shaders/tensor'
import { openProbes as open, type Probe, probesOf } from '../src/train/rates'

/** What this adapter can do, and what one convolution gets out of it. */
export interface Probes {
  /** Fused multiply-adds, in FLOP/s. */
  fma(): Promise<number>
  /** Copying a buffer, in bytes read and written a second. */
  copy(): Promise<number>
  /** Our forward convolution from 16 to 16 channels at 32 × 32, in FLOP/s. */
  convolution(): Promise<number>
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

/** The probes on an adapter, compiled and run once. */
export async function openProbes(gpu: GPU, batch: number): Promise<Probes> {
  const opened = await openDevice(gpu)
  const cache = new PipelineCache(opened.device)
  const { fma, copy } = probesOf(opened, 'full')
  return {
    fma: (await open(opened, cache, fma)).measure,
    copy: (await open(opened, cache, copy)).measure,
    convolution: (await open(opened, cache, [convolutionProbe(batch)])).measure,
  }
}
