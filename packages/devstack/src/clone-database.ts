import type pg from 'pg'
import { withAdmin } from './admin-connection.ts'
import { requireSimpleName } from './databases.ts'
import type { PostgresAddress } from './options.ts'

/**
 * Makes database `name` a copy of `template` (30 ms for an empty schema), open to exactly the roles that may connect to
 * the template. Nobody may be connected to the template meanwhile; PostgreSQL waits 5 s for that.
 */
export async function cloneDatabase(postgres: PostgresAddress, template: string, name: string): Promise<void> {
  for (const word of [template, name]) requireSimpleName(word)
  await withAdmin(postgres, 'postgres', async (client) => {
    await client.query(`create database ${name} template ${template} strategy file_copy`)
    await copyGrants(client, template, name)
  })
}

/** Also ends the connections that are left to it; a database that is not there is no error. */
export async function dropDatabase(postgres: PostgresAddress, name: string): Promise<void> {
  requireSimpleName(name)
  await withAdmin(postgres, 'postgres', (client) => client.query(`drop database if exists ${name} with (force)`))
}

/** A clone has the template's contents and not its grants: left alone, it would be open to everybody. */
async function copyGrants(client: pg.Client, template: string, name: string): Promise<void> {
  const { rows } = await client.query<{ privilege: string; grantee: string }>(
    `select lower(acl.privilege_type) as privilege, quote_ident(role.rolname) as grantee
     from pg_database, aclexplode(datacl) as acl join pg_roles as role on role.oid = acl.grantee
     where datname = $1`,
    [template],
  )
  const grants = rows.map(({ privilege, grantee }) => `grant ${privilege} on database ${name} to ${grantee}`)
  await client.query([`revoke all on database ${name} from public`, ...grants].join(';'))
}
