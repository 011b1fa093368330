import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { dropDatabase } from '@atlas/devstack'
import { assertMigrated, type Database } from '@atlas/runtime'
import { DATABASE_OWNERS, type DatabaseOwner, migrationSetsOf } from '@atlas/testing'
import { asAdmin } from '@atlas/testing/vitest'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const suffix = randomBytes(4).toString('hex')
const nameOf = (owner: string) => `t_${suffix}_${owner}`
const env: Record<string, string> = { PATH: process.env['PATH'] ?? '' }
let opened: Map<DatabaseOwner, Database>

beforeAll(async () => {
  const { postgres, databases } = inject('stack')
  const admin = asAdmin({ name: 'postgres' })
  for (const owner of DATABASE_OWNERS) {
    await admin.query(`create database ${nameOf(owner)} owner ${owner}_owner template template0`)
    env[`${owner.toUpperCase()}_DB_NAME`] = nameOf(owner)
    env[`${owner.toUpperCase()}_DB_MIGRATE_PASSWORD`] = databases[owner].migrate
  }
  afterAll(() => Promise.all(DATABASE_OWNERS.map((owner) => dropDatabase(postgres, nameOf(owner)))))
  opened = new Map(DATABASE_OWNERS.map((owner) => [owner, asAdmin({ name: nameOf(owner) })]))
  Object.assign(env, { DB_HOST: postgres.host, DB_PORT: String(postgres.port) })
})

interface Told {
  readonly database: string
  readonly applied?: readonly string[]
  readonly pending?: readonly string[]
}

function migrate(args: readonly string[], extra: Record<string, string> = {}) {
  return new Promise<{ code: number; told: readonly Told[]; stderr: string }>((resolve) => {
    const command = ['--conditions=development', main, 'migrate', ...args]
    execFile(process.execPath, command, { env: { ...env, ...extra } }, (error, stdout, stderr) => {
      const told = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Told) // biome-ignore format: one thing
      resolve({ code: Number(error?.code ?? 0), told, stderr })
    })
  })
}

const databaseOf = (owner: DatabaseOwner): Database => opened.get(owner) ?? asAdmin({ name: nameOf(owner) })
const count = (told: readonly Told[], what: 'applied' | 'pending') => told.flatMap((one) => one[what] ?? []).length

describe('atlas migrate', () => {
  it('says what is pending, applies it by the role that may, and then has nothing to do', async () => {
    const pending = await migrate(['--check'])
    expect([pending.code, pending.told.map(({ database }) => database)]).toEqual([1, DATABASE_OWNERS.map(nameOf)])
    expect(pending.stderr).toContain(`${count(pending.told, 'pending')} migrations are pending`)
    const one = await migrate(['ingest'])
    expect(one).toMatchObject({ code: 0, told: [{ database: nameOf('ingest'), applied: pending.told[0]?.pending }] })
    expect(one.stderr).toContain('applying 0001_delivery, ')
    const rest = await migrate([])
    expect([rest.code, count(one.told, 'applied') + count(rest.told, 'applied')]).toEqual([
      0,
      count(pending.told, 'pending'),
    ])
    for (const owner of DATABASE_OWNERS) {
      await assertMigrated(databaseOf(owner), migrationSetsOf(owner))
      const { rows } = await databaseOf(owner).query(
        `select distinct tableowner from pg_tables where schemaname = 'public'`,
      )
      expect(rows).toEqual([{ tableowner: `${owner}_owner` }])
    }
    const again = await migrate(['--check'])
    expect([again.code, count(again.told, 'pending'), again.stderr]).toEqual([0, 0, 'every database is up to date\n'])
  })

  it('touches nothing where one of the databases is newer than this build', async () => {
    await databaseOf('matcher').query(
      `insert into service_migrations (name, run_on) values ('0999_later', now());
       insert into service_migrations_breaking values ('0999_later')`,
    )
    // Pending, and before the matcher in the order.
    const last = `delete from service_migrations where name = (select max(name) from service_migrations)`
    await databaseOf('ingest').query(last)
    for (const args of [[], ['--check']]) {
      const { code, told, stderr } = await migrate(args)
      expect([code, told]).toEqual([1, []])
      expect(stderr).toMatch(/^t_\w+_matcher is newer than this build, which does not know 0999_later \(breaking\)/)
    }
    expect((await migrate(['ingest', '--check'])).told[0]?.pending).toHaveLength(1)
  })

  it('says what is not set, which owners there are, and which database does not let it in', async () => {
    const unset = await migrate(['ingest', 'keys'], { INGEST_DB_MIGRATE_PASSWORD: '', DB_HOST: '' })
    expect([unset.code, unset.stderr]).toEqual([2, 'not set: DB_HOST, INGEST_DB_MIGRATE_PASSWORD\n'])
    const unknown = await migrate(['engine'])
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('no database of "engine"')])
    const refused = await migrate(['profiles', '--check'], { PROFILES_DB_NAME: 'postgres' })
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/^cannot look at postgres: .*postgres/)])
    expect((await migrate(['profiles', '--check'], { DB_PORT: '1' })).code).toBe(4)
  })
})
