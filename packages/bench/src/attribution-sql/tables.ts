import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDb } from '../duckdb.ts'

/** Names of columns with their types. */
export type Columns = Readonly<Record<string, string>>

/** Makes a table of these rows, through a file. */
export async function load(duckdb: DuckDb, table: string, columns: Columns, rows: Iterable<object>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-bench-'))
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
  const file = join(folder, `${table}.ndjson`)
  const stream = createWriteStream(file)
  for (const row of rows) if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'close')
  const types = Object.entries(columns).map(([name, type]) => `"${name}": '${type}'`)
  await duckdb.query(
    `create or replace table ${table} as
     select * from read_json('${file}', format = 'newline_delimited', columns = {${types.join(', ')}})`,
  )
}
