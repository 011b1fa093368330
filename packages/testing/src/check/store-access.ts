import type { Queryable } from '@atlas/runtime'
import type { Access } from './dumps.ts'

/** A database and the word its roles begin with. */
export interface OwnedDatabase {
  readonly owner: string
  readonly database: string
}

/** May each role that is no superuser connect to each of these databases? */
export async function readConnectRights(db: Queryable, databases: readonly OwnedDatabase[]): Promise<Access['tried']> {
  const { rows } = await db.query<Access['tried'][number]>(
    `select r.rolname as role, d.database, r.rolname = any(array[d.owner || '_owner', d.owner || '_migrate', d.owner || '_app']) as own,
            has_database_privilege(r.rolname, d.database, 'connect') as connected, 'by its privileges' as detail
       from pg_roles r, unnest($1::text[], $2::text[]) as d(owner, database)
      where not r.rolsuper and r.rolname !~ '^pg_'`,
    [databases.map(({ owner }) => owner), databases.map(({ database }) => database)],
  )
  return rows
}

/** Whoever but the owner, and who migrates as the owner, may change acts or their head by a statement of his own. */
export async function readActsOpenTo(db: Queryable): Promise<readonly string[]> {
  const { rows } = await db.query<{ grant: string }>(
    `select r.rolname || ' may ' || p.privilege || ' ' || t.name as grant
       from pg_roles r
      cross join unnest(array['verification_acts', 'chain_head']) as t(name)
      cross join unnest(array['insert', 'update', 'delete', 'truncate']) as p(privilege)
       join pg_class c on c.oid = t.name::regclass
       join pg_roles o on o.oid = c.relowner
      where not r.rolsuper and r.rolname !~ '^pg_'
        and r.oid <> o.oid and r.rolname <> regexp_replace(o.rolname, '_owner$', '_migrate')
        and has_table_privilege(r.oid, c.oid, p.privilege)
     union all
     select o.rolname || ' can log in' from pg_class c join pg_roles o on o.oid = c.relowner
      where c.oid = 'verification_acts'::regclass and o.rolcanlogin
      order by 1`,
  )
  return rows.map(({ grant }) => grant)
}

/** Of these triggers the ones that are missing or do not fire always. */
export async function readWeakTriggers(db: Queryable, tables: readonly string[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select w.trigger || ' on ' || w.tab as name
       from (select tab, trigger from unnest($1::text[]) as t(tab), unnest(array['no_change', 'no_truncate']) as g(trigger)) w
       left join pg_trigger g on g.tgrelid = w.tab::regclass and g.tgname = w.trigger
      where g.tgenabled is distinct from 'A'
      order by 1`,
    [tables],
  )
  return rows.map(({ name }) => name)
}
