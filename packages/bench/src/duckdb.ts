import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** How to get the yardstick for kernels: DuckDB is no part of the project. */
export const NO_DUCKDB = '@duckdb/node-api is not installed: pnpm add -w -D @duckdb/node-api, or DUCKDB_FROM=folder'

/** A database in memory that works with one thread. */
export interface DuckDb extends Disposable {
  readonly version: string
  query<Row extends object>(sql: string): Promise<readonly Row[]>
}

// What is used of the package.
interface Reader {
  getRowObjectsJS(): readonly object[]
}
interface Connection {
  runAndReadAll(sql: string): Promise<Reader>
  closeSync(): void
}
interface DuckDbPackage {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> }
}

/** Undefined where it is not installed, neither here nor in the folder given. */
export async function openDuckDb(from: string | undefined): Promise<DuckDb | undefined> {
  const entry = entryOf(from === undefined ? import.meta.url : join(from, 'package.json'))
  if (entry === undefined) return undefined
  const { DuckDBInstance } = (await import(pathToFileURL(entry).href)) as DuckDbPackage
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const query = async <Row extends object>(sql: string): Promise<readonly Row[]> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJS() as readonly Row[]
  await query('set threads = 1')
  const [row] = await query<{ version: string }>('select version() as version')
  return {
    version: row?.version ?? '',
    query,
    [Symbol.dispose]() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

function entryOf(from: string): string | undefined {
  try {
    return createRequire(from).resolve('@duckdb/node-api')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}
