import type { Database } from '@atlas/runtime'

interface Index {
  readonly table: string
  readonly name: string
  readonly definition: string
  readonly constraint: boolean
}

/** Loads tables without their keys and indexes, and makes them again afterwards: minutes less for millions of rows. */
export async function withoutIndexes(
  admin: Database,
  tables: readonly string[],
  load: () => Promise<void>,
): Promise<void> {
  const { rows } = await admin.query<Index>(
    `select i.indrelid::regclass::text as "table", i.indexrelid::regclass::text as name, c.oid is not null as "constraint",
            coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as definition
       from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
      where i.indrelid = any($1::regclass[])`,
    [tables],
  )
  for (const { table, name, constraint } of rows)
    await admin.query(constraint ? `alter table ${table} drop constraint ${name}` : `drop index ${name}`)
  await load()
  for (const { table, name, constraint, definition } of rows)
    await admin.query(constraint ? `alter table ${table} add constraint ${name} ${definition}` : definition)
}
