import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { SilverSet } from './silver-set.ts'

/** The three files of a set, packed; the same set gives the same bytes. */
export async function writeSet(folder: string, { records, profiles, stream }: SilverSet): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [name, lines] of Object.entries({ records, profiles, stream }))
    await writeFile(
      join(folder, `${name}.jsonl.gz`),
      gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
    )
}
