import { delimiter } from 'node:path'
import { listAdapters } from '../src/cli/adapter'
import { ensureBrowser, findBrowser, swiftShaderOf } from './browser'
import { addBackports, canInstall, install } from './debian'

const REMEDY =
  'No graphics adapter: install a Vulkan driver (on Debian: apt-get install libvulkan1 mesa-vulkan-drivers).'

/** The adapters that Dawn finds now, SwiftShader beside the found browser included. */
async function adapters(): Promise<string[]> {
  const browser = findBrowser()
  const driver = browser && swiftShaderOf(browser)
  const known = (process.env.VK_ADD_DRIVER_FILES ?? '').split(delimiter).filter(Boolean)
  if (driver && !known.includes(driver)) {
    process.env.VK_ADD_DRIVER_FILES = [...known, driver].join(delimiter)
  }
  return [...new Set(await listAdapters())]
}

/** Installs Vulkan's loader and lavapipe, Mesa's software driver. */
function installDrivers(): void {
  const packages = ['libvulkan1', 'mesa-vulkan-drivers']
  // Dawn refuses the lavapipe of Debian 12 itself, Mesa 22.3.
  const backported = addBackports('bookworm') && install(packages, 'bookworm-backports')
  if (!backported) install(packages)
}

/**
 * The names of the adapters to test on. The two software ones are installed where they are missing
 * and this user may; without them any one adapter is enough.
 */
export async function ensureAdapters(): Promise<string[]> {
  let names = await adapters()
  const has = (part: string) => names.some((name) => name.includes(part))
  if (canInstall() && !(has('SwiftShader') && has('llvmpipe'))) {
    // SwiftShader comes with the browser.
    ensureBrowser()
    if (!has('llvmpipe')) installDrivers()
    names = await adapters()
  }
  if (names.length === 0) throw new Error(REMEDY)
  return names
}
