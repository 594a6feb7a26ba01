import { create, globals } from 'webgpu'
import { listAdapters } from '../src/cli/adapter'
import { GpuUnavailable } from '../src/gpu/device'

/** Mesa's software driver is called lavapipe, its adapter llvmpipe; both names find it. */
const LAVAPIPE = /lavapipe/i

/** The whole name of the first adapter that contains `name`; SwiftShader only where it must be. */
export async function findAdapter(name: string): Promise<string> {
  const all = await listAdapters()
  const wanted = name.replace(LAVAPIPE, 'llvmpipe').toLowerCase()
  const fits = all.filter((adapter) => adapter.toLowerCase().includes(wanted))
  const chosen = fits.find((adapter) => !adapter.startsWith('SwiftShader')) ?? fits[0]
  if (chosen !== undefined) return chosen
  throw new GpuUnavailable(
    `No adapter's name contains "${name}".`,
    `This machine has: ${all.join(', ') || 'none'}.`,
  )
}

/** Makes Node look to a library like a browser with this one adapter: `navigator.gpu`. */
export function provideWebGpu(adapter: string): GPU {
  const gpu = create([`adapter=${adapter}`])
  Object.assign(globalThis, globals)
  const navigator = { gpu, userAgent: `Node.js/${process.versions.node}` }
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })
  return gpu
}
