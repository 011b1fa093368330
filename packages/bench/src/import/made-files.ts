import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeWorks } from '../openalex/made-file.ts'

export interface MadeFile extends AsyncDisposable {
  readonly path: string
  readonly bytes: number
  readonly records: number
}

let next = 0

/** A file of works that no other file has; removed when it is disposed of. */
export async function madeFile(records: number): Promise<MadeFile> {
  const path = join(tmpdir(), `atlas-works-${process.pid}-${next}.ndjson`)
  const from = next
  next += records
  const remove = () => Promise.all([path, `${path}.usage`].map((file) => rm(file, { force: true })))
  try {
    const bytes = await writeWorks(path, 'works', from, from + records)
    return { path, bytes, records, [Symbol.asyncDispose]: async () => void (await remove()) }
  } catch (error) {
    await remove()
    throw error
  }
}
