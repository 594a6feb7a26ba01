import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const APT = '/etc/apt'

/** True on Debian itself, not on what is derived from it: Ubuntu's Chromium is a snap. */
export function isDebian(): boolean {
  return (
    existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
  )
}

/** True where this user may install the distribution's packages. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

function apt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300']
  return spawnSync('apt-get', [...options, ...args], { stdio: 'inherit', env }).status === 0
}

/** Installs packages, from `release` where one is named; false where that fails. */
export function install(packages: readonly string[], release?: string): boolean {
  console.log(`Installing ${packages.join(', ')}${release ? ` from ${release}` : ''}.`)
  apt('update')
  const from = release ? ['-t', release] : []
  return apt('install', '-y', '--no-install-recommends', ...from, ...packages)
}

/** The text of every file that lists where packages come from. */
function sources(): { text: string; extension: string }[] {
  const parts = join(APT, 'sources.list.d')
  const files = existsSync(parts) ? readdirSync(parts).map((name) => join(parts, name)) : []
  return [join(APT, 'sources.list'), ...files]
    .filter((file) => existsSync(file) && /\.(list|sources)$/.test(file))
    .map((file) => ({ text: readFileSync(file, 'utf8'), extension: file.split('.').pop()! }))
}

/** The entry of `suite` in a list of sources, made an entry of `wanted` alone. */
export function sourceFor(text: string, suite: string, wanted: string): string | undefined {
  const suites = new RegExp(`^Suites:.*\\s${suite}(\\s.*)?$`, 'm')
  const paragraph = text.split(/\n\s*\n/).find((entry) => suites.test(entry))
  if (paragraph) return `${paragraph.trim().replace(suites, `Suites: ${wanted}`)}\n`
  const line = new RegExp(`^(deb\\s+(?:\\[.*?\\]\\s+)?\\S+)\\s+${suite}\\s+(.*)$`, 'm').exec(text)
  return line ? `${line[1]} ${wanted} ${line[2]}\n` : undefined
}

/** Adds Debian's `suite`-backports beside the machine's own sources; false where it can't. */
export function addBackports(suite: string): boolean {
  const wanted = `${suite}-backports`
  const all = sources()
  if (all.some(({ text }) => text.includes(wanted))) return true
  for (const { text, extension } of all) {
    const entry = sourceFor(text, suite, wanted)
    if (!entry) continue
    const file = join(APT, 'sources.list.d', `${wanted}.${extension}`)
    console.log(`Adding ${wanted} to the package sources, in ${file}.`)
    writeFileSync(file, entry)
    return true
  }
  return false
}
