import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder where uploads lie until they are imported. Its names are ids of ours: never a sender's. */
export interface Spool {
  /** Bytes of an upload that are there and safe; undefined: none ever were. */
  size(uploadId: string): Promise<number | undefined>
  /**
   * Appends at `offset`, which must be where the upload ends. What was written is on the disk when this returns or throws.
   * Returns where it ends then.
   */
  append(uploadId: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number>
  /** Cuts an upload back. */
  truncate(uploadId: string, size: number): Promise<void>
  /** Gives a whole upload the name by which its job finds it. */
  complete(uploadId: string): Promise<string>
  path(spool: string): string
  has(spool: string): Promise<boolean>
  remove(name: string): Promise<void>
  /** Parts of uploads and whole ones that were not touched for so long. */
  listOlder(ms: number, now: number): Promise<readonly { readonly name: string; readonly uploadId: string }[]>
}

const PART = '.part'
const WHOLE = '.import'
const UUID = /^[0-9a-f-]{36}/

export function openSpool(folder: string): Spool {
  const path = (name: string) => join(folder, name)
  const part = (uploadId: string) => path(uploadId + PART)
  return {
    path,
    size: (uploadId) => sizeOf(part(uploadId)),
    async append(uploadId, offset, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await using handle = await open(
        part(uploadId),
        constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW,
        0o600,
      )
      let at = offset
      try {
        for await (const chunk of bytes) {
          for (let from = 0; from < chunk.length; ) {
            const { bytesWritten } = await handle.write(chunk, from, chunk.length - from, at)
            from += bytesWritten
            at += bytesWritten
          }
        }
      } finally {
        await handle.sync()
      }
      return at
    },
    async truncate(uploadId, size) {
      await using handle = await open(part(uploadId), 'r+')
      await handle.truncate(size)
      await handle.sync()
    },
    async complete(uploadId) {
      const spool = uploadId + WHOLE
      await rename(part(uploadId), path(spool))
      // A name is on the disk only when its folder is.
      await using handle = await open(folder, 'r')
      await handle.sync()
      return spool
    },
    has: async (spool) => (await sizeOf(path(spool))) !== undefined,
    async remove(name) {
      await unlink(path(name)).catch(unlessMissing)
    },
    async listOlder(ms, now) {
      const names = (await readdir(folder).catch(unlessMissing)) ?? []
      const older: { name: string; uploadId: string }[] = []
      for (const name of names) {
        const uploadId = UUID.exec(name)?.[0]
        if (uploadId === undefined || !(name === uploadId + PART || name === uploadId + WHOLE)) continue
        const stats = await stat(path(name)).catch(unlessMissing)
        if (stats && stats.mtimeMs < now - ms) older.push({ name, uploadId })
      }
      return older
    },
  }
}

export const partOf = (uploadId: string): string => uploadId + PART

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(unlessMissing))?.size
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
