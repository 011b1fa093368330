import { existsSync } from 'node:fs'
import { createDatabases, type Databases, type PostgresAddress } from '@atlas/devstack'
import { migrate } from '@atlas/runtime'
import { migrationSetsOf } from './migration-sets.ts'
import { DATABASE_OWNERS, type DatabaseOwner, type RolePasswords } from './test-stack.ts'

/** Migrates each service's database of a set just made; what has run already is skipped. */
export async function migrateAll(
  databases: Databases,
  owners: readonly DatabaseOwner[] = DATABASE_OWNERS,
): Promise<void> {
  for (const owner of owners) {
    const { host, port, database, user, password } = databases.connection(owner, 'migrate')
    const sets = migrationSetsOf(owner).filter((set) => existsSync(set.directory))
    await migrate({ host, port, database, user, password, owner: `${owner}_owner`, sets })
  }
}

export const templateOf = (owner: DatabaseOwner) => `tpl_${owner}_db`

/** Makes `tpl_<owner>_db` for every owner: migrated once, cloned for each test file. Returns the roles' passwords. */
export async function prepareTemplates(
  postgres: PostgresAddress,
  dataDir: string,
): Promise<Readonly<Record<DatabaseOwner, RolePasswords>>> {
  const databases = await createDatabases(postgres, { dataDir, names: DATABASE_OWNERS, prefix: 'tpl_' })
  await migrateAll(databases)
  return Object.fromEntries(
    DATABASE_OWNERS.map((owner) => [
      owner,
      { migrate: databases.connection(owner, 'migrate').password, app: databases.connection(owner, 'app').password },
    ]),
  ) as Record<DatabaseOwner, RolePasswords>
}
