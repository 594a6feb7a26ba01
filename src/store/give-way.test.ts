import { expect, test } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client'
import { createBench } from './bench'
import { giveWay } from './give-way'
import { createLearn } from './learn'
import { createRace } from './race'

function page() {
  const client = new ScriptedClient()
  const bench = createBench(client)
  const race = createRace(client, bench.store)
  const lesson = createLearn(client, bench.store).race
  const events: string[] = []
  const recorder = { writeDown: async () => void events.push('written down') }
  const give = () => giveWay({ client, bench, race, lesson, recorders: [recorder] })
  client.say({ type: 'device', device: { state: 'ready', name: '', software: false, f16: false } })
  return { client, bench, race, events, give }
}

test('what trains is paused, kept and written down before another page goes on with it', async () => {
  const { client, bench, events, give } = page()
  const { id, key } = bench.store.getState().active
  client.say({ type: 'phase', id, phase: { phase: 'training', step: 7 } })
  const given = give().then(() => events.push('given'))
  expect(client.commands.at(-1)).toEqual({ type: 'pause' })
  client.say({ type: 'phase', id, phase: { phase: 'paused', step: 8 } })
  await Promise.resolve()
  expect(events).toEqual([])
  client.say({ type: 'kept', key, checkpoint: { step: 8, bytes: 1, savedAt: 0 } })
  await given
  expect(events).toEqual(['written down', 'given'])
  expect(bench.store.getState().active.key).not.toBe(key)
  expect(bench.store.getState().phase.phase).toBe('idle')
})

test('a run that rests is kept already', async () => {
  const { client, bench, race, events, give } = page()
  race.prepare()
  const { id } = bench.store.getState().active
  client.say({ type: 'phase', id, phase: { phase: 'paused', step: 8 } })
  await give()
  expect(events).toEqual(['written down'])
  expect(client.commands.map(({ type }) => type)).not.toContain('pause')
  expect(race.store.getState().phase.phase).toBe('idle')
})
