import type { Launch } from '../gpu/launch'
import type { Variable } from './op'
import { isFeatureMap, type MapElement } from './tensor'

/** Four channels of a feature map as they lie in memory; kernels compute in f32 in any case. */
const STORED: Record<MapElement, string> = {
  f32: 'alias Stored = vec4f;\n',
  f16: 'enable f16;\nalias Stored = vec4h;\n',
}

/**
 * The launch with its kernel told what `Stored` is, by the feature maps that it binds. Throws where
 * they are not all stored alike, or where a kernel knows nothing of maps in f16.
 */
export function withStorage(launch: Launch<Variable>): Launch<Variable> {
  const { kernel, reads, writes } = launch
  const maps = [...reads, ...writes].filter(({ type }) => isFeatureMap(type))
  const element = (maps[0]?.type.element ?? 'f32') as MapElement
  const other = maps.find(({ type }) => type.element !== element)
  if (other) {
    throw new Error(
      `${kernel.label}: "${other.label}" is stored in ${other.type.element}, others not`,
    )
  }
  if (!/\bStored\b/.test(kernel.code)) {
    if (element === 'f32') return launch
    throw new Error(`${kernel.label}: it reads or writes a map in ${element} as f32`)
  }
  return { ...launch, kernel: { ...kernel, code: STORED[element] + kernel.code } }
}
