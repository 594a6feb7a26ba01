/** What is redrawn at most ten times a second, and rarer where drawing takes long. */
const LEAST_INTERVAL_MS = 100
/** The share of the time that drawing one thing may take. */
const SHARE = 0.05

/** When to be called: in an animation frame, some time from now. */
export interface Clock {
  now(): number
  frameAfter(milliseconds: number, call: () => void): void
}

/** A thing to redraw. */
export interface Drawing {
  draw(): void
  /** How long it took the last time, in milliseconds. */
  cost: number
}

/**
 * Redraws what has changed, one thing a frame: several at once would hold the page up for the sum
 * of their times.
 */
export class Redraws {
  /** In the order in which they asked. */
  private readonly waiting = new Set<Drawing>()
  private readonly drawnAt = new WeakMap<Drawing, number>()
  private called = false

  constructor(private readonly clock: Clock) {}

  /** Draws a thing when its turn comes; once, if it asks again before. */
  ask(drawing: Drawing): void {
    this.waiting.add(drawing)
    this.call()
  }

  cancel(drawing: Drawing): void {
    this.waiting.delete(drawing)
  }

  private call(): void {
    if (this.called || this.waiting.size === 0) return
    this.called = true
    const next = Math.min(...Array.from(this.waiting, (drawing) => this.dueAt(drawing)))
    this.clock.frameAfter(Math.max(0, next - this.clock.now()), () => {
      this.called = false
      this.drawNext()
      this.call()
    })
  }

  private drawNext(): void {
    const now = this.clock.now()
    for (const drawing of this.waiting) {
      if (this.dueAt(drawing) > now) continue
      this.waiting.delete(drawing)
      this.drawnAt.set(drawing, now)
      drawing.draw()
      return
    }
  }

  private dueAt(drawing: Drawing): number {
    const interval = Math.max(LEAST_INTERVAL_MS, drawing.cost / SHARE)
    return (this.drawnAt.get(drawing) ?? Number.NEGATIVE_INFINITY) + interval
  }
}

/** The page's: hidden, it has no frames and draws nothing. */
export const redraws = new Redraws({
  now: () => performance.now(),
  frameAfter: (milliseconds, call) => setTimeout(() => requestAnimationFrame(call), milliseconds),
})
