import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import { create, globals } from 'webgpu'
import { type Gpu, GpuUnavailable, openDevice } from '../gpu/device'

/** Where Chrome and Chromium keep SwiftShader, a Vulkan driver in software. */
const SWIFTSHADER_DRIVERS = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
]

const REMEDY =
  'Install a Vulkan driver (on Debian: apt-get install mesa-vulkan-drivers libvulkan1), or Chromium for its SwiftShader.'

/** Adds SwiftShader to the drivers that Vulkan's loader finds by itself. */
function addSwiftShader(): void {
  if (process.platform !== 'linux' || process.env.VK_ICD_FILENAMES) return
  const own = process.env.VK_ADD_DRIVER_FILES?.split(delimiter) ?? []
  const found = SWIFTSHADER_DRIVERS.filter((file) => existsSync(file) && !own.includes(file))
  if (found.length > 0) process.env.VK_ADD_DRIVER_FILES = [...own, ...found].join(delimiter)
}

/** Dawn's instances: one that is collected as garbage takes its devices down with the process. */
const instances: GPU[] = []

/** Dawn with WebGPU's constants in place. Vulkan's loader reads the environment at this moment. */
function dawn(flags: string[]): GPU {
  Object.assign(globalThis, globals)
  const instance = create(flags)
  instances.push(instance)
  return instance
}

/** The adapters of the drivers in place now. Dawn names them only in an error for a wrong name. */
async function adapterNames(): Promise<string[]> {
  try {
    await dawn(['adapter=\u0000']).requestAdapter()
    return []
  } catch (error) {
    return [...String(error).matchAll(/name: '(.*)'/g)].map((match) => match[1]!)
  }
}

/** The names of all adapters of this machine, Chromium's SwiftShader included. */
export function listAdapters(): Promise<string[]> {
  addSwiftShader()
  return adapterNames()
}

/** Mesa's software driver is called lavapipe, its adapter llvmpipe; both names find it. */
function answersTo(adapter: string, name: string): boolean {
  const names = adapter.includes('llvmpipe') ? `${adapter} lavapipe` : adapter
  return names.toLowerCase().includes(name.toLowerCase())
}

/** Dawn rounds timestamps to 1/15 ms, as browsers must for pages that they do not trust. */
const EXACT_TIMESTAMPS = ['disable-dawn-features=timestamp_quantization']

/** Opens a device on the first adapter whose name contains `name` (case ignored). */
export async function openNodeDevice(name = ''): Promise<Gpu> {
  let all = await adapterNames()
  if (!all.some((adapter) => answersTo(adapter, name))) all = await listAdapters()
  const chosen = all.find((adapter) => answersTo(adapter, name))
  if (chosen !== undefined) return openDevice(dawn([`adapter=${chosen}`, ...EXACT_TIMESTAMPS]))
  if (all.length === 0) throw new GpuUnavailable('No graphics adapter was found.', REMEDY)
  throw new GpuUnavailable(
    `No adapter's name contains "${name}".`,
    `This machine has: ${all.join(', ')}.`,
  )
}
