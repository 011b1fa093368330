import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import type { DatabaseConfig } from '../config.ts'
import type { Logger } from '../log.ts'
import { arrayText, parseArrayText } from './array-text.ts'
import { classOf } from './sqlstate.ts'

/** Anything that runs a statement: the pool, or an open transaction. */
export interface Queryable {
  query<R extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
    /** Prepares the statement under this name, once a connection: for those whose plan costs more than they do. */
    name?: string,
  ): Promise<{ readonly rows: R[]; readonly rowCount: number }>
}

/** An open transaction; `client` is for COPY and cursors only. */
export interface Tx extends Queryable {
  readonly client: pg.PoolClient
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read'
  readonly statementTimeoutMs?: number
}

/** One service's own database. A request waits at most `acquireTimeoutMs` for a connection. */
export interface Database extends Queryable, AsyncDisposable {
  readonly pool: pg.Pool
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
  close(): Promise<void>
}

// int8 arrives as text by default; ours stay below 2^53 (sequences, offsets, counts), checked here rather than at each use.
pg.types.setTypeParser(pg.types.builtins.INT8, safeInteger)
// Arrays whose items are read as what they are alone; the driver's list has no name for these types.
const ARRAYS: readonly { readonly oid: number; readonly of: (text: string) => unknown }[] = [
  { oid: 1005, of: Number }, // int2
  { oid: 1007, of: Number }, // int4
  { oid: 1009, of: String }, // text
  { oid: 1015, of: String }, // varchar
  { oid: 1016, of: safeInteger }, // int8
  { oid: 1021, of: Number }, // float4
  { oid: 1022, of: Number }, // float8
  { oid: 2951, of: String }, // uuid
]
for (const { oid, of } of ARRAYS) {
  const driver: (text: string) => unknown = pg.types.getTypeParser(oid)
  pg.types.setTypeParser(oid, (text: string) => parseArrayText(text, of) ?? driver(text))
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond 2^53`)
  return value
}

const insideTransaction = new AsyncLocalStorage<true>()

export function openDatabase(config: DatabaseConfig, logger: Logger): Database {
  const pool = new pg.Pool({
    host: config.host,
    port: config.port,
    database: config.name,
    user: config.user,
    password: config.password,
    max: config.poolMax,
    min: config.poolMin,
    idleTimeoutMillis: config.idleTimeoutMs,
    connectionTimeoutMillis: config.acquireTimeoutMs,
    keepAlive: true,
    application_name: config.applicationName,
    options: [
      `-c statement_timeout=${config.statementTimeoutMs}`,
      `-c idle_in_transaction_session_timeout=${config.idleInTransactionTimeoutMs}`,
      `-c lock_timeout=${config.lockTimeoutMs}`,
      '-c jit=off',
    ].join(' '),
  })
  // Without this listener a restart of PostgreSQL ends the process.
  pool.on('error', (error) => logger.warn({ event: 'idle-connection-lost', err: error }))

  async function transaction<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    if (insideTransaction.getStore()) throw new Error('a transaction was opened inside a transaction')
    const client = await pool.connect()
    const onError = (error: Error) => logger.warn({ event: 'connection-lost', err: error })
    client.on('error', onError)
    let broken: Error | undefined
    try {
      await answerOf(client, { text: openingOf(options) })
      const result = await insideTransaction.run(true, () => work(txOf(client)))
      await answerOf(client, { text: 'commit' })
      return result
    } catch (error) {
      // A connection whose rollback fails, or that met a read-only server, must not go back into the pool.
      broken = await answerOf(client, { text: 'rollback' }).then(
        () => (classOf(error) === 'demoted' ? (error as Error) : undefined),
        (cause: Error) => cause,
      )
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  const close = async () => {
    if (!pool.ended && !pool.ending) await pool.end()
  }
  return {
    pool,
    query: async (text, values, name) => rowsOf(await answerOf(pool, statementOf(text, values, name))),
    transaction,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** One text: a round trip costs a consumer as much as a small statement does. */
function openingOf({ isolation, statementTimeoutMs }: TransactionOptions): string {
  const begin = isolation === 'repeatable read' ? 'begin isolation level repeatable read' : 'begin'
  if (statementTimeoutMs === undefined) return begin
  return `${begin}; set local statement_timeout = ${Math.trunc(statementTimeoutMs)}`
}

function txOf(client: pg.PoolClient): Tx {
  return {
    client,
    query: async (text, values, name) => rowsOf(await answerOf(client, statementOf(text, values, name))),
  }
}

/**
 * The driver's own promise assigns a function to a property, `query.callback = (…) => …`, and V8 puts a function that is written
 * so into its old generation at once. What it holds, the statement with all its rows, was then garbage that only a collection
 * of the whole heap takes: a tenth to a quarter of all that a service allocated. Asked by callback, the statement dies young.
 */
async function answerOf(connection: pg.Pool | pg.PoolClient, statement: pg.QueryConfig): Promise<pg.QueryResult> {
  try {
    return await new Promise((resolve, reject) => {
      connection.query(statement, (error: Error | null, result: pg.QueryResult) => {
        if (error === null || error === undefined) resolve(result)
        else reject(error)
      })
    })
  } catch (error) {
    // As the driver's promise does: its stack leads to whoever asked rather than to the socket.
    if (error instanceof Error) Error.captureStackTrace(error, answerOf)
    throw error
  }
}

function statementOf(text: string, values: readonly unknown[] | undefined, name: string | undefined): pg.QueryConfig {
  return { text, ...(values ? { values: values.map(parameterOf) } : {}), ...(name === undefined ? {} : { name }) }
}

function parameterOf(value: unknown): unknown {
  return Array.isArray(value) ? (arrayText(value) ?? value) : value
}

function rowsOf<R>(result: pg.QueryResult): { rows: R[]; rowCount: number } {
  return { rows: result.rows as R[], rowCount: result.rowCount ?? 0 }
}
