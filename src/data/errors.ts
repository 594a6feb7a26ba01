export type DataFault =
  /** A file or folder that is not there. */
  | 'missing'
  | 'wrong-size'
  | 'wrong-label'
  | 'wrong-digest'
  /** An HTML page where data was expected: an error page, or a server's fallback. */
  | 'web-page'
  /** An archive that cannot be unpacked. */
  | 'damaged'
  /** An archive that ends before its last training file. */
  | 'truncated'
  /** A server that does not answer, or answers with an error. */
  | 'network'

/** Data that is not there or not what it should be; `remedy` says what the user can do. */
export class DataError extends Error {
  constructor(
    readonly fault: DataFault,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'DataError'
  }
}
