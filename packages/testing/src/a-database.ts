import { randomBytes } from 'node:crypto'
import { cloneDatabase, dropDatabase } from '@atlas/devstack'
import { createLogger, type Database, type DatabaseConfig, openDatabase } from '@atlas/runtime'
import { afterAll, inject } from 'vitest'
import { databaseConfig } from './database-config.ts'
import { templateOf } from './templates.ts'
import type { DatabaseOwner } from './test-stack.ts'

export const quiet = createLogger({ service: 'test', version: '0', level: 'silent' })

/** Where a fresh, migrated database of this owner can be reached as its app role; it is dropped after the file. */
export async function aDatabaseConfig(owner: DatabaseOwner, role: 'app' | 'migrate' = 'app'): Promise<DatabaseConfig> {
  const { postgres, databases } = inject('stack')
  const name = `t_${randomBytes(6).toString('hex')}_${owner}`
  await cloneDatabase(postgres, templateOf(owner), name)
  afterAll(() => dropDatabase(postgres, name))
  return databaseConfig(postgres, name, `${owner}_${role}`, databases[owner][role])
}

/** A fresh, migrated database of this owner, connected as its app role; closed and dropped after the file. */
export async function aDatabase(owner: DatabaseOwner): Promise<Database> {
  const database = openDatabase(await aDatabaseConfig(owner), quiet)
  afterAll(() => database.close())
  return database
}

/** The same database as the superuser sees it: for tampering, and for looking into what no role may. */
export function asAdmin(config: Pick<DatabaseConfig, 'name'>): Database {
  const { postgres } = inject('stack')
  const database = openDatabase(
    databaseConfig(postgres, config.name, postgres.adminUser, postgres.adminPassword),
    quiet,
  )
  afterAll(() => database.close())
  return database
}
