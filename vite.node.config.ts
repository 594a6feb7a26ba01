import { defineConfig } from 'vite'

/** The headless runner shares the page's imports (`*.wgsl?raw`), not its plugins. */
export default defineConfig({ logLevel: 'error' })
