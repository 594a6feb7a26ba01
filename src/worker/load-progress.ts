const REPORT_INTERVAL_MS = 100

/** How far a load is, told to the page now and then and not with every piece. */
export class LoadProgress {
  private received = 0
  private reportedAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly report: (received: number, total: number | null, what: string) => void,
  ) {}

  private total: number | null = null
  private what = ''

  /** Begins to count at 0 of `total` bytes of something. */
  begin(what: string, total: number | null): void {
    this.set(0, total, what)
  }

  /** More bytes have come of what was begun. */
  add(bytes: number): void {
    this.received += bytes
    if (performance.now() - this.reportedAt >= REPORT_INTERVAL_MS) this.tell()
  }

  /** How far something is that others count. */
  set(received: number, total: number | null, what: string): void {
    this.received = received
    this.total = total
    this.what = what
    this.tell()
  }

  private tell(): void {
    this.reportedAt = performance.now()
    this.report(this.received, this.total, this.what)
  }
}
