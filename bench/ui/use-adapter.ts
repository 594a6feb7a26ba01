import { useEffect, useState } from 'react'
import { type AdapterInfo, describeAdapter } from '../../src/gpu/device'

export type AdapterState =
  | { state: 'asking' }
  | ({ state: 'there' } & AdapterInfo)
  | { state: 'none'; reason: string }

/** The adapter that the bench will compute on. */
export function useAdapter(): AdapterState {
  const [adapter, setAdapter] = useState<AdapterState>({ state: 'asking' })
  useEffect(() => {
    find().then(setAdapter)
  }, [])
  return adapter
}

async function find(): Promise<AdapterState> {
  if (!navigator.gpu) return { state: 'none', reason: 'This browser has no WebGPU.' }
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter) return { state: 'there', ...describeAdapter(adapter) }
  return { state: 'none', reason: 'WebGPU is there, but it found no graphics adapter.' }
}
