import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Input } from './input.ts'

/** A regular file that stays the one that was opened, whatever happens to its name; or standard input. */
export interface OpenFile extends Input, AsyncDisposable {
  /** Two that are the same have the same. */
  readonly identity: string
  readonly modifiedMs: number | null
  /** It can be read once only. */
  readonly once: boolean
  /** True when it was written to since it was opened. */
  changed(): Promise<boolean>
}

const READ_BYTES = 256 * 1024

/** Undefined when it is no regular file: the name may have changed its meaning since it was looked at. */
export async function openFile(path: string, name: string): Promise<OpenFile | undefined> {
  // Without O_NONBLOCK a FIFO that took the name in the meantime would hold us for ever.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  const stats = await handle.stat()
  if (!stats.isFile()) {
    await handle.close()
    return undefined
  }
  return {
    name,
    identity: `${stats.dev}:${stats.ino}`,
    sizeBytes: stats.size,
    modifiedMs: stats.mtimeMs,
    once: false,
    handle,
    read: () => bytesOf(handle),
    async changed() {
      const now = await handle.stat()
      return now.size !== stats.size || now.mtimeMs !== stats.mtimeMs
    },
    [Symbol.asyncDispose]: () => handle.close(),
  }
}

async function* bytesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    // A new buffer each time: the records cut out of the last one are still in use.
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(READ_BYTES), 0, READ_BYTES, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** SHA-256 of the first `bytes` of a file, hex; undefined when it has fewer. */
export async function prefixSha256(file: OpenFile, bytes: number): Promise<string | undefined> {
  if (file.sizeBytes === null || file.sizeBytes < bytes) return undefined
  const hash = createHash('sha256')
  let left = bytes
  for await (const chunk of file.read()) {
    hash.update(chunk.subarray(0, left))
    left -= Math.min(left, chunk.length)
    if (left === 0) break
  }
  return left === 0 ? hash.digest('hex') : undefined
}
