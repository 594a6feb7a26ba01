const SLEEP_MS = 1

/**
 * Keeps Node from spinning while it waits for the GPU. Dawn polls on every turn of the event loop
 * and would take a core from a software adapter, so each turn sleeps a little.
 * Returns a function that ends it.
 */
export function paceEventLoop(): () => void {
  const cell = new Int32Array(new SharedArrayBuffer(4))
  let going = true
  const turn = () => {
    if (!going) return
    Atomics.wait(cell, 0, 0, SLEEP_MS)
    setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    going = false
  }
}
