import type { Queryable } from './database.ts'

/** Keeps schema ids in the table `schema_cache`; the codec is handed this. */
export function databaseSchemaCache(database: Queryable) {
  return {
    async load(): Promise<readonly { readonly id: number; readonly subject: string; readonly schema: string }[]> {
      return (
        await database.query<{ id: number; subject: string; schema: string }>(
          'select id, subject, schema from schema_cache',
        )
      ).rows
    },
    async save({
      id,
      subject,
      schema,
    }: {
      readonly id: number
      readonly subject: string
      readonly schema: string
    }): Promise<void> {
      await database.query(
        'insert into schema_cache (id, subject, schema) values ($1, $2, $3) on conflict (id) do nothing',
        [id, subject, schema],
      )
    },
  }
}
