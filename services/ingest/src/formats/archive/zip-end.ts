import type { FileHandle } from 'node:fs/promises'

const END_BYTES = 22
const LONGEST_COMMENT = 0xffff
const END = 0x06054b50

/** Bytes of a zip's directory as its end record tells; undefined where the newer form tells it elsewhere. */
export async function toldDirectoryBytes(handle: FileHandle, sizeBytes: number): Promise<number | undefined> {
  const length = Math.min(sizeBytes, END_BYTES + LONGEST_COMMENT)
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, sizeBytes - length)
  for (let at = length - END_BYTES; at >= 0; at--) {
    if (buffer.readUInt32LE(at) !== END) continue
    const told = buffer.readUInt32LE(at + 12)
    const isNewer =
      told === 0xffffffff || buffer.readUInt16LE(at + 10) === 0xffff || buffer.readUInt32LE(at + 16) === 0xffffffff
    return isNewer ? undefined : told
  }
  return undefined
}
