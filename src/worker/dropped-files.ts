import { readArchive, type Shard } from '../data/archive'
import { ARCHIVE_NAME, type ShardFile } from '../data/cifar10'
import { DataError } from '../data/errors'
import { browserMd5 } from '../data/md5'
import { checkSize, readShard } from '../data/shard'
import type { LoadProgress } from './load-progress'

export interface FilesLoad {
  dropped: readonly File[]
  files: readonly ShardFile[]
  /** The shards to get; others that the files hold are passed over. */
  wanted: readonly number[]
  progress: LoadProgress
  signal: AbortSignal
}

/**
 * Reads shards from files that the user dropped or chose: `.bin` files, archives, or both. Files
 * that have nothing to do with it are passed over, so that a whole folder may be dropped.
 */
export async function* shardsFromFiles(load: FilesLoad): AsyncGenerator<Shard, void> {
  const { dropped, files, progress, signal } = load
  const left = new Set(load.wanted)
  const isShard = ({ name }: File) => files.some((file) => file.name === name)
  const shards = dropped.filter(isShard)
  const archives = dropped.filter((file) => /\.(tar\.gz|tgz|gz)$/i.test(file.name))
  if (shards.length + archives.length === 0) throw nothingUseful(dropped, files)
  const onRead = (bytes: number) => {
    signal.throwIfAborted()
    progress.add(bytes)
  }
  for (const dropped of shards) {
    const number = files.findIndex(({ name }) => name === dropped.name) + 1
    if (!left.delete(number)) continue
    const file = files[number - 1]!
    progress.begin(dropped.name, dropped.size)
    checkSize(file, dropped.size)
    yield { number, bytes: await readShard(dropped.stream(), file, browserMd5, onRead) }
  }
  for (const archive of archives) {
    progress.begin(archive.name, archive.size)
    const options = { newMd5: browserMd5, files, wanted: [...left], onRead }
    for await (const shard of readArchive(archive.stream(), options)) {
      left.delete(shard.number)
      yield shard
    }
  }
}

function nothingUseful(dropped: readonly File[], files: readonly ShardFile[]): DataError {
  const names = dropped.map(({ name }) => name).join(', ')
  return new DataError(
    'missing',
    `${names || 'Nothing'} is not of CIFAR-10 in its binary version.`,
    `Drop ${ARCHIVE_NAME} or the files ${files[0]!.name} to ${files.at(-1)!.name} out of it.`,
  )
}
