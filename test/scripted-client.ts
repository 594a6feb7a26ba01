import type { TrainingClient } from '../src/worker/client'
import type { Command, Event } from '../src/worker/protocol'

/** A client that keeps what the page says and lets the test answer. */
export class ScriptedClient implements TrainingClient {
  readonly commands: Command[] = []
  private readonly listeners = new Set<(event: Event) => void>()

  post(command: Command) {
    this.commands.push(command)
  }

  subscribe(listener: (event: Event) => void) {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  say(event: Event) {
    for (const listener of this.listeners) listener(event)
  }
}
