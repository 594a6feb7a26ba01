/** The buffers that a device makes and has not freed, from now on until `end`. */
export function watchBuffers(device: GPUDevice) {
  const { createBuffer } = device
  const live = new Set<GPUBuffer>()
  device.createBuffer = (descriptor) => {
    const buffer = createBuffer.call(device, descriptor)
    live.add(buffer)
    const destroy = buffer.destroy.bind(buffer)
    buffer.destroy = () => {
      live.delete(buffer)
      destroy()
    }
    return buffer
  }
  return {
    live: live as ReadonlySet<GPUBuffer>,
    /** Of those that live. */
    get bytes() {
      return [...live].reduce((sum, { size }) => sum + size, 0)
    },
    end() {
      device.createBuffer = createBuffer
    },
  }
}
