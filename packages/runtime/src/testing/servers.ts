import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDatabases, dropDatabase, type PostgresAddress } from '@atlas/devstack'
import pg from 'pg'
import type { DatabaseConfig } from '../config.ts'
import { createLogger, type Logger } from '../log.ts'
import { type Database, openDatabase } from '../postgres/database.ts'
import { migrate } from '../postgres/migrate.ts'

/** Silent, unless a test is to be looked into: ATLAS_TEST_LOG=debug. */
export const quiet: Logger = createLogger({
  service: 'test',
  version: '0',
  level: process.env['ATLAS_TEST_LOG'] ?? 'silent',
})

// What the services under test would have: rows with effects, and the facts applied in their order.
const EFFECTS = `
  create table objects (id text primary key, revision bigint not null, text text not null, applied int not null default 1);
  create table applied_log (no bigint generated always as identity primary key, key text not null, seq bigint not null, text text not null);
  create table facts_made (fact_no bigint primary key, key text not null, seq bigint not null, text text not null);
  create table counter (only_row bool primary key default true, fact_no bigint not null default 0, revision bigint not null default 0);
  insert into counter default values;
  grant select, insert, update, delete on objects, applied_log, facts_made, counter to delivery_app;`

export interface TestDatabase extends AsyncDisposable {
  readonly config: DatabaseConfig
  readonly database: Database
  /** What only a superuser may. */
  asAdmin<R extends object>(sql: string, values?: readonly unknown[]): Promise<R[]>
}

/** A fresh database with the delivery tables and some of a service's own, connected as its app role. */
export async function aDeliveryDatabase(postgres: PostgresAddress): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-delivery-'))
  const suffix = `_${process.pid}_${Date.now() % 1_000_000}_${Math.floor(Math.random() * 1_000)}`
  const databases = await createDatabases(postgres, { dataDir: folder, names: ['delivery'], suffix })
  const { password: migratePassword, database: name } = databases.connection('delivery', 'migrate')
  const { host, port } = postgres
  await migrate({
    host,
    port,
    database: name,
    user: 'delivery_migrate',
    password: migratePassword,
    owner: 'delivery_owner',
    sets: [{ directory: fileURLToPath(new URL('../../migrations', import.meta.url)), table: 'runtime_migrations' }],
  })
  const asAdmin = async <R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> => {
    const client = new pg.Client({
      host,
      port,
      database: name,
      user: postgres.adminUser,
      password: postgres.adminPassword,
    })
    await client.connect()
    try {
      return (await client.query(sql, [...values])).rows
    } finally {
      await client.end()
    }
  }
  await asAdmin(EFFECTS)
  const config: DatabaseConfig = {
    host,
    port,
    name,
    user: 'delivery_app',
    password: databases.connection('delivery', 'app').password,
    poolMax: 6,
    poolMin: 0,
    idleTimeoutMs: 10_000,
    acquireTimeoutMs: 3_000,
    statementTimeoutMs: 10_000,
    lockTimeoutMs: 2_000,
    idleInTransactionTimeoutMs: 8_000,
    applicationName: 'delivery-test',
  }
  const database = openDatabase(config, quiet)
  return {
    config,
    database,
    asAdmin,
    async [Symbol.asyncDispose]() {
      await database.close()
      await dropDatabase(postgres, name)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
