import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { build, type Plugin } from 'vite'

/** What a visit may ask for: no source maps, and of fonts the format that every browser takes. */
const ASKED_FOR = /\.(html|js|css|woff2|svg|png|webmanifest)$/

/** All files of a build by their URLs; those without a hash in their name get one beside it. */
function builtFiles(folder: string): { url: string; revision: string | null }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll(sep, '/'))
    .filter((path) => ASKED_FOR.test(path))
    .sort()
    .map((url) => {
      if (url.startsWith('assets/')) return { url, revision: null }
      const revision = createHash('sha256')
        .update(readFileSync(join(folder, url)))
        .digest('hex')
      return { url, revision }
    })
}

/**
 * Builds `src/offline/service-worker.ts` to `sw.js` beside the page, once all other files are there;
 * `plugins` are those of its build.
 */
export function serviceWorker(plugins: Plugin[]): Plugin {
  let folder: string
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir)
    },
    async closeBundle(error) {
      if (error) return
      await build({
        configFile: false,
        logLevel: 'warn',
        plugins,
        define: { BUILT_FILES: JSON.stringify(builtFiles(folder)) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          copyPublicDir: false,
          target: 'es2023',
          sourcemap: true,
          rolldownOptions: {
            input: 'src/offline/service-worker.ts',
            output: { format: 'iife', entryFileNames: 'sw.js' },
          },
        },
      })
    },
  }
}
