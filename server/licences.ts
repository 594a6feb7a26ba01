import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** The folder of the package that a module lies in. */
const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//
const LICENCE = /^(licen[sc]e|copying)/i

interface PackageJson {
  name: string
  version: string
  license?: string
}

/** Name, version and licence of a package, with the whole text where it brings one. */
function entry(folder: string): string {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8').trim()
  const { name, version, license } = JSON.parse(read('package.json')) as PackageJson
  const text = readdirSync(folder).find((file) => LICENCE.test(file))
  return `${name} ${version} (${license ?? 'see below'})\n\n${text ? read(text) : '(no text in the package)'}\n`
}

/**
 * Writes `licences.txt` beside the page: of each package of which the page, its workers or its
 * service worker take a module. `collector` is a plugin for each of these builds.
 */
export function licences(): { collector: () => Plugin; writer: Plugin } {
  const folders = new Set<string>()
  let target: string
  return {
    collector: () => ({
      name: 'licences-of-modules',
      apply: 'build',
      moduleParsed({ id }) {
        const folder = PACKAGE.exec(id)?.[1]
        if (folder) folders.add(folder)
      },
    }),
    writer: {
      name: 'licences',
      apply: 'build',
      configResolved({ root, build }) {
        target = resolve(root, build.outDir, 'licences.txt')
      },
      // After the build of the service worker, which ends the page's.
      closeBundle: {
        order: 'post',
        sequential: true,
        handler(error) {
          if (error) return
          const entries = [...folders].sort().map(entry)
          writeFileSync(target, entries.join(`\n${'-'.repeat(80)}\n\n`))
        },
      },
    },
  }
}
