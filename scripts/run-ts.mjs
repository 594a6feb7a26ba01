/**
 * Runs a TypeScript file in Node with the page's own imports (`*.wgsl?raw`):
 * node scripts/run-ts.mjs FILE [arguments]
 */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

// Or else Vite sets it to development, and what a script builds then has React's slow form.
process.env.NODE_ENV ??= 'production'
const [node, , file, ...words] = process.argv
process.argv = [node, resolve(file), ...words]
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' })
