/**
 * Runs a TypeScript file in Node with the page's own imports (`*.wgsl?raw`):
 * node scripts/run-ts.mjs FILE [arguments]
 */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

const [node, , file, ...words] = process.argv
process.argv = [node, resolve(file), ...words]
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' })
