import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, dropDatabase } from './clone-database.ts'
import { type Connection, createDatabases, type Databases } from './databases.ts'
import type { Stack } from './options.ts'
import { DATABASES } from './service-names.ts'
import { startStack } from './start-stack.ts'

let dataDir = ''
let stack: Stack
let databases: Databases

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'databases-'))
  stack = await startStack({ dataDir, persistent: false, parts: ['postgres'] })
  databases = await createDatabases(stack.postgres, { dataDir })
})
afterAll(async () => {
  await stack?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function query(connection: Connection, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(connection)
  try {
    await client.connect()
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

const logins = DATABASES.flatMap((name) => [{ name, role: 'app' } as const, { name, role: 'migrate' } as const])
const pairs = logins.flatMap((login) => DATABASES.map((target) => ({ ...login, target })))

describe('who may connect', () => {
  it.each(pairs)('$name as $role to the database of $target', async ({ name, role, target }) => {
    const connection = databases.connection(name, role, `${target}_db`)
    const outcome = await query(connection, 'select 1').then(
      () => 'open',
      (error: { code?: string }) => error.code,
    )
    expect(outcome).toBe(name === target ? 'open' : '42501')
  })

  it.each(['postgres', 'template1'])('no service to %s', async (database) => {
    for (const { name, role } of logins) {
      await expect(query(databases.connection(name, role, database), 'select 1')).rejects.toThrow('permission denied')
    }
  })
})

describe('what the roles may do', () => {
  it('the migrations create tables and extensions as the owner; the service only uses what it is granted', async () => {
    const [migrate, app] = [databases.connection('matcher', 'migrate'), databases.connection('matcher', 'app')]
    await query(
      migrate,
      `set role matcher_owner;
       create extension pg_trgm;
       create table works (id int);
       create table secrets (id int);
       grant select, insert on works to matcher_app`,
    )
    await query(app, 'insert into works values (1)')
    await query(app, 'create temporary table bulk (id int)')
    await expect(query(app, 'select * from secrets')).rejects.toThrow('permission denied')
    await expect(query(app, 'drop table works')).rejects.toThrow('must be owner')
    await expect(query(app, 'create table mine (id int)')).rejects.toThrow('permission denied')
    await expect(query(app, 'set role matcher_owner')).rejects.toThrow('permission denied')
  })

  it('the migration role of one service cannot become the owner of another', async () => {
    await expect(query(databases.connection('ingest', 'migrate'), 'set role matcher_owner')).rejects.toThrow(
      'permission denied',
    )
  })
})

it('may be repeated, also at the same time, and the passwords stay', async () => {
  const again = await Promise.all([1, 2].map(() => createDatabases(stack.postgres, { dataDir })))
  for (const { connection } of again) expect(connection('api', 'app')).toEqual(databases.connection('api', 'app'))
  expect((await stat(join(dataDir, 'env.json'))).mode & 0o777).toBe(0o600)
})

describe('a clone', () => {
  it('has the contents of its template and is open to the same roles only', async () => {
    const template = await createDatabases(stack.postgres, { dataDir, names: ['api'], prefix: 'template_' })
    const own = template.connection('api', 'migrate')
    await query(own, 'set role api_owner; create table pages as select 7 as id; grant select on pages to api_app')
    await cloneDatabase(stack.postgres, own.database, 't_ab12_api_db')

    const { rows } = await query(databases.connection('api', 'app', 't_ab12_api_db'), 'select id from pages')
    expect(rows).toEqual([{ id: 7 }])
    const stranger = databases.connection('ingest', 'app', 't_ab12_api_db')
    await expect(query(stranger, 'select 1')).rejects.toThrow('permission denied')

    await dropDatabase(stack.postgres, 't_ab12_api_db')
    await expect(query(databases.connection('api', 'app', 't_ab12_api_db'), 'select 1')).rejects.toThrow(
      'does not exist',
    )
  })

  it('is refused a name that would have to be quoted', async () => {
    await expect(cloneDatabase(stack.postgres, 'api_db', 'x; drop database api_db')).rejects.toThrow('cannot be part')
  })
})
