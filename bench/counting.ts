/** What a library asked of WebGPU. */
export interface Usage {
  /** Bytes of the buffers that live. */
  bytes: number
  /** The most that `bytes` has been. */
  peakBytes: number
  dispatches: number
}

/**
 * Counts buffers and dispatches of all devices from now on, by standing in front of WebGPU's own
 * methods: the same count for every library.
 */
export function countUsage(): Usage {
  const usage: Usage = { bytes: 0, peakBytes: 0, dispatches: 0 }
  const living = new WeakSet<GPUBuffer>()
  const { createBuffer } = GPUDevice.prototype
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor)
    living.add(buffer)
    usage.bytes += descriptor.size
    usage.peakBytes = Math.max(usage.peakBytes, usage.bytes)
    return buffer
  }
  const { destroy } = GPUBuffer.prototype
  GPUBuffer.prototype.destroy = function () {
    if (living.delete(this)) usage.bytes -= this.size
    return destroy.call(this)
  }
  const pass = GPUComputePassEncoder.prototype
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = pass
  pass.dispatchWorkgroups = function (...groups) {
    usage.dispatches++
    return dispatchWorkgroups.apply(this, groups)
  }
  pass.dispatchWorkgroupsIndirect = function (...indirect) {
    usage.dispatches++
    return dispatchWorkgroupsIndirect.apply(this, indirect)
  }
  return usage
}
