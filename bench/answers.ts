/** What can be asked of a contender, by name. */
export type Methods = Record<string, () => Promise<unknown>>
export type Reply = { value: unknown } | { error: string }

/** One who is asked from outside: a process or a page. */
export interface Answers {
  /** The method's value; throws what it throws, or why there is none. */
  ask<T>(method: string): Promise<T>
  /** Lets it end. */
  stop(): Promise<void>
}

/** A reply to one request. */
export async function answer(methods: Methods | Promise<Methods>, name: string): Promise<Reply> {
  try {
    return { value: (await (await methods)[name]!()) ?? null }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** The value of a reply; throws its error. */
export function answered<T>(reply: Reply): T {
  if ('error' in reply) throw new Error(reply.error)
  return reply.value as T
}
