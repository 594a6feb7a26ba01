/** Ended by Ctrl-C. */
export const INTERRUPTED = 130
