/** No adapter, or a device that went away; `remedy` says what the user can do. */
export class GpuUnavailable extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
    this.name = 'GpuUnavailable'
  }
}

export interface AdapterInfo {
  /** For people: "llvmpipe: Mesa 25.0", or vendor and architecture where nothing better is told. */
  name: string
  /** `nvidia`, `apple`, …; may be empty. */
  vendor: string
  /** True for an adapter that computes on the CPU: its speed says nothing about a GPU. */
  software: boolean
  f16: boolean
}

export interface Gpu {
  device: GPUDevice
  info: AdapterInfo
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|software|\bwarp\b/i

/** What an adapter is called and whether it runs in software. */
export function describeAdapter(adapter: GPUAdapter): AdapterInfo {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info
  const name = description || [vendor, architecture, device].filter(Boolean).join(' ') || 'GPU'
  const software = isFallbackAdapter || SOFTWARE.test(`${name} ${vendor} ${architecture} ${device}`)
  return { name, vendor, software, f16: adapter.features.has('shader-f16') }
}

/** Limits worth having more of than WebGPU's defaults, where the adapter offers more. */
const RAISED = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const

/** Features that are used where the adapter offers them. */
const OPTIONAL_FEATURES: readonly GPUFeatureName[] = ['timestamp-query', 'shader-f16']

/** Takes an adapter and opens a device on it with all that it offers of what is of use here. */
export async function openDevice(gpu: GPU | undefined): Promise<Gpu> {
  if (!gpu) {
    throw new GpuUnavailable(
      'This browser has no WebGPU.',
      'Use a current Chrome or Edge, or switch WebGPU on in this browser.',
    )
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) {
    throw new GpuUnavailable(
      'WebGPU is there, but it found no graphics adapter.',
      'Update the graphics driver, or see chrome://gpu for why the adapter is not used.',
    )
  }
  const requiredLimits = Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]]))
  const requiredFeatures = OPTIONAL_FEATURES.filter((name) => adapter.features.has(name))
  const device = await adapter.requestDevice({ requiredLimits, requiredFeatures })
  return { device, info: describeAdapter(adapter) }
}

/**
 * Runs `work` and turns what the device complains of meanwhile (validation, memory) into a
 * rejection. The device must be otherwise idle, so that the complaint belongs to this work.
 */
export async function checked<T>(device: GPUDevice, work: () => Promise<T> | T): Promise<T> {
  device.pushErrorScope('out-of-memory')
  device.pushErrorScope('validation')
  let result: T
  try {
    result = await work()
  } finally {
    const errors = await Promise.all([device.popErrorScope(), device.popErrorScope()])
    for (const error of errors) {
      // biome-ignore lint/correctness/noUnsafeFinally: the device's complaint names the cause of what `work` threw
      if (error) throw new Error(error.message)
    }
  }
  return result
}
