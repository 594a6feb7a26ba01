import { existsSync } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readArchive } from './archive'
import {
  ARCHIVE_NAME,
  Cifar10,
  FOLDER_NAME,
  OFFICIAL_FILES,
  type ShardFile,
  shardsOfSplit,
} from './cifar10'
import { DataError } from './errors'
import { nodeMd5 } from './node-md5'
import { checkSize, readShard } from './shard'

/** Where CIFAR-10 lies on disk: as files in a folder, or packed. */
export type CifarLocation = { kind: 'folder'; path: string } | { kind: 'archive'; path: string }

/**
 * Finds CIFAR-10 at a path that a user gave: the official archive itself, or a folder with the
 * `.bin` files, with `cifar-10-batches-bin/` or with the archive in it.
 */
export async function locateCifar(
  path: string,
  files: readonly ShardFile[] = OFFICIAL_FILES,
): Promise<CifarLocation> {
  const found = await stat(path).catch(() => undefined)
  if (!found) {
    throw new DataError('missing', `${path}: there is no such file or folder.`, NEEDED)
  }
  if (found.isFile()) return { kind: 'archive', path }
  for (const folder of [path, join(path, FOLDER_NAME)]) {
    const names = await readdir(folder).catch((): string[] => [])
    if (files.some(({ name }) => names.includes(name))) return { kind: 'folder', path: folder }
  }
  const archive = join(path, ARCHIVE_NAME)
  if (existsSync(archive)) return { kind: 'archive', path: archive }
  throw new DataError(
    'missing',
    `${path}: holds neither ${files[0]!.name} nor ${FOLDER_NAME}/ nor ${ARCHIVE_NAME}.`,
    NEEDED,
  )
}

const NEEDED = `Name the folder with the official .bin files, or ${ARCHIVE_NAME} itself.`

/** A file's bytes as a stream that closes the file at its end. */
export async function streamFile(path: string): Promise<ReadableStream<Uint8Array>> {
  const file = await open(path)
  const chunk = new Uint8Array(1 << 20)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { bytesRead } = await file.read(chunk, 0, chunk.length)
        if (bytesRead > 0) return controller.enqueue(chunk.slice(0, bytesRead))
        await file.close()
        controller.close()
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  )
}

/** Reads the images of a split, and only the shards that it needs, for use in Node. */
export async function readCifarFolder(
  path: string,
  { train, validation }: { train: number; validation: number },
  files: readonly ShardFile[] = OFFICIAL_FILES,
): Promise<Cifar10> {
  const location = await locateCifar(path, files)
  const wanted = shardsOfSplit(train, validation, files)
  const source = new Cifar10(files)
  if (location.kind === 'archive') {
    const stream = await streamFile(location.path)
    for await (const { number, bytes } of readArchive(stream, { newMd5: nodeMd5, files, wanted })) {
      source.add(number, bytes)
    }
    return source
  }
  for (const number of wanted) {
    const file = files[number - 1]!
    source.add(number, await readShardFile(location.path, file))
  }
  return source
}

async function readShardFile(folder: string, file: ShardFile): Promise<Uint8Array> {
  const path = join(folder, file.name)
  const found = await stat(path).catch(() => undefined)
  if (!found) {
    throw new DataError(
      'missing',
      `${path}: there is no such file, and the split needs it.`,
      'Put it there, or train on fewer images.',
    )
  }
  checkSize(file, found.size)
  return readShard(await streamFile(path), file, nodeMd5)
}
