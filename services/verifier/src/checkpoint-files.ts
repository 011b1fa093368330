import { type FileHandle, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts'

const NAME = /^checkpoints-\d{4}-\d{2}-\d{2}\.ndjson$/

/** Adds one line to the day's file, and returns when the disk has it. */
export async function appendCheckpoint(directory: string, checkpoint: SignedCheckpoint): Promise<void> {
  await mkdir(directory, { recursive: true })
  const file = await open(join(directory, `checkpoints-${checkpoint.time.slice(0, 10)}.ndjson`), 'a+', 0o644)
  try {
    // A crash may have left half a line behind: the next one must not be joined to it.
    const torn = (await lastByte(file)) !== NEWLINE
    await file.appendFile(`${torn ? '\n' : ''}${JSON.stringify(checkpoint)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  // A new file is only there for good once its folder is on disk, too.
  const folder = await open(directory, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const NEWLINE = 10

async function lastByte(file: FileHandle): Promise<number | undefined> {
  const { size } = await file.stat()
  if (size === 0) return NEWLINE
  return (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0]
}

/** Every checkpoint ever written, in the order of writing; half a line, cut off by a crash, was never published. */
export async function readCheckpoints(directory: string): Promise<readonly SignedCheckpoint[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = await Promise.all(
    names
      .filter((name) => NAME.test(name))
      .sort()
      .map(async (name) => ({ name, text: await readFile(join(directory, name), 'utf8') })),
  )
  return files.flatMap(({ name, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (line.endsWith('}') ? [parseCheckpoint(line, `line ${index + 1} of ${name}`)] : [])),
  )
}
