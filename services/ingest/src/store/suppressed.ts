import type { Queryable } from '@atlas/runtime'

/** False while nobody objected: then nothing else needs to be looked up. */
export async function hasSuppressions(database: Queryable): Promise<boolean> {
  const { rows } = await database.query<{ some: boolean }>('select exists (select from suppressed) as some')
  return rows[0]?.some ?? false
}

/** Of these record ids and person keys, those that are suppressed. */
export async function findSuppressed(
  database: Queryable,
  recordIds: readonly string[],
  personKeys: readonly string[],
): Promise<{ readonly records: ReadonlySet<string>; readonly people: ReadonlySet<string> }> {
  const { rows } = await database.query<{ kind: 'record' | 'person'; key: string }>(
    `select kind, key from suppressed
      where (kind = 'record' and key = any($1::text[])) or (kind = 'person' and key = any($2::text[]))`,
    [recordIds, personKeys],
  )
  const keysOf = (wanted: string) => new Set(rows.filter(({ kind }) => kind === wanted).map(({ key }) => key))
  return { records: keysOf('record'), people: keysOf('person') }
}
