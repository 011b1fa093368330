import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { kindOf } from '../formats/archive/kinds.ts'
import { firstBytes } from '../formats/first-bytes.ts'
import { type OpenFile, openFile } from './read-file.ts'

export interface StdinOptions {
  readonly name: string
  readonly spoolDir: string
  /** It must be known as a whole before it is read. */
  readonly whole: boolean
}

/** Standard input as it comes; a zip, whose directory is at its end, is kept in a file without a name first. */
export async function openStdin(
  stdin: AsyncIterable<Uint8Array>,
  { name, spoolDir, whole }: StdinOptions,
): Promise<OpenFile | undefined> {
  const { head, all } = await firstBytes(stdin, 4)
  if (whole || kindOf(head) === 'zip') return await spooled(all, name, spoolDir)
  let taken = false
  return {
    name,
    identity: `stdin:${name}`,
    sizeBytes: head.byteLength === 0 ? 0 : null,
    modifiedMs: null,
    once: true,
    read() {
      if (taken) throw new Error('standard input comes once')
      taken = true
      return all
    },
    changed: async () => false,
    [Symbol.asyncDispose]: async () => undefined,
  }
}

async function spooled(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  spoolDir: string,
): Promise<OpenFile | undefined> {
  await mkdir(spoolDir, { recursive: true, mode: 0o700 })
  const path = join(spoolDir, `${randomUUID()}.stdin`)
  const hash = createHash('sha256')
  try {
    await using handle = await open(path, 'wx', 0o600)
    for await (const chunk of bytes) {
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    const file = await openFile(path, name)
    // A copy has no place of its own: its bytes are who it is.
    return file && { ...file, identity: `stdin:${hash.digest('hex')}`, modifiedMs: null }
  } finally {
    await unlink(path)
  }
}
