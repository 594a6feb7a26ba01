import { dataReaders } from './data-readers'
import { keptReaders } from './kept-readers'
import { tensorReaders } from './tensor-readers'
import { textReaders } from './text-readers'

/** All readers of what comes from outside: files, links, and what a browser keeps. */
export const READERS = [...dataReaders, ...tensorReaders, ...textReaders, ...keptReaders]
