/** Every flag that the tests start Chromium with, and why. */

/** Needed wherever the tests run. */
export const COMMON_FLAGS: readonly string[] = [
  // A closed network refuses Chromium's own requests, many at a time, and pages then hang on it.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // QUIC to a server on this machine gains nothing and is one more thing to time out.
  '--disable-quic',
  // Chromium's sandbox does not start as root, which is who runs in a container.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/** WebGPU without a graphics card. */
export const WEBGPU_FLAGS: readonly string[] = [
  // Headless Chromium on Linux offers no adapter without it.
  '--enable-unsafe-webgpu',
  // The same software adapter on every machine, so that a failure repeats.
  '--use-webgpu-adapter=swiftshader',
]
