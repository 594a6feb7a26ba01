import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from '@playwright/test'
import { canInstall, install, isDebian } from './debian'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const { ProgramFiles = '', LOCALAPPDATA = '' } = process.env
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(ProgramFiles, 'Google/Chrome/Application/chrome.exe'),
  join(LOCALAPPDATA, 'Google/Chrome/Application/chrome.exe'),
]

const DOWNLOAD_MS = 300_000

const REMEDY =
  'No Chrome or Chromium: install one (on Debian: apt-get install chromium), or name it in CHROME_PATH.'

/** The browser to test in: the one in CHROME_PATH, the system's, or Playwright's own. */
export function findBrowser(): string | undefined {
  const named = process.env.CHROME_PATH
  if (named && !existsSync(named))
    throw new Error(`CHROME_PATH names ${named}, which is not there.`)
  if (named) return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  const commands = COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...commands, ...PLACES, chromium.executablePath()].find((file) => existsSync(file))
}

/** Playwright's download; the libraries it needs come from the distribution, as root. */
function download(): void {
  const libraries = canInstall() ? ['--with-deps'] : []
  const command = ['playwright', 'install', '--no-shell', ...libraries, 'chromium']
  spawnSync('npx', command, {
    stdio: 'inherit',
    timeout: DOWNLOAD_MS,
    shell: process.platform === 'win32',
  })
}

/** The browser to test in, fetched first where the machine has none. */
export function ensureBrowser(): string {
  const found = findBrowser()
  if (found) return found
  // Debian's package brings the libraries it needs; a download does not.
  const installed = isDebian() && canInstall() && install(['chromium', 'fonts-liberation'])
  if (!installed) download()
  const browser = findBrowser()
  if (!browser) throw new Error(REMEDY)
  return browser
}

/** SwiftShader's driver file beside a browser, where it ships one. */
export function swiftShaderOf(browser: string): string | undefined {
  const file = join(dirname(realpathSync(browser)), 'vk_swiftshader_icd.json')
  return existsSync(file) ? file : undefined
}
