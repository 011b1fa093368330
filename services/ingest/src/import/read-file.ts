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

export const READ_BYTES = 256 * 1024
/**
 * What was read is overwritten when so much more has been read: new buffers each time are the engine's to find again, and it
 * looks through everything for each 16 MB of them. Records are views of them until their chunk is prepared, and one is gathered
 * at a time.
 */
export const BYTES_KEPT = 32 * 2 ** 20

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
  const buffers: Buffer[] = []
  const readAt = (at: number, turn: number) => {
    const buffer = buffers[turn] ?? Buffer.allocUnsafeSlow(READ_BYTES)
    buffers[turn] = buffer
    const read = handle.read(buffer, 0, READ_BYTES, at)
    // Told to whoever reads on; who stops before is not to be ended by it.
    read.catch(() => undefined)
    return read
  }
  let [at, turn] = [0, 0]
  let next = readAt(at, turn)
  for (;;) {
    const { bytesRead, buffer } = await next
    if (bytesRead === 0) return
    at += bytesRead
    turn = (turn + 1) % (BYTES_KEPT / READ_BYTES)
    // While this one is cut. To close the file waits for it.
    next = readAt(at, turn)
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
