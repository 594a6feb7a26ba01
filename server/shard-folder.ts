import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ShardFile, shardNumbers } from '../src/data/cifar10'

/** A folder of shards; a file in it is whole or not there at all. */
export class ShardFolder {
  constructor(
    readonly path: string,
    readonly files: readonly ShardFile[],
  ) {}

  pathOf(shard: number): string {
    return join(this.path, this.files[shard - 1]!.name)
  }

  async has(shard: number): Promise<boolean> {
    const found = await stat(this.pathOf(shard)).catch(() => undefined)
    return found?.size === this.files[shard - 1]!.bytes
  }

  /** The shards that are there. */
  async ready(): Promise<number[]> {
    const numbers = shardNumbers(this.files)
    const there = await Promise.all(numbers.map((shard) => this.has(shard)))
    return numbers.filter((_, i) => there[i])
  }

  /** Writes a checked shard under another name first, so that a crash leaves no half of it. */
  async write(shard: number, bytes: Uint8Array): Promise<void> {
    await mkdir(this.path, { recursive: true })
    const temporary = `${this.pathOf(shard)}.${process.pid}.tmp`
    try {
      await writeFile(temporary, bytes)
      await rename(temporary, this.pathOf(shard))
    } finally {
      await rm(temporary, { force: true })
    }
  }
}
