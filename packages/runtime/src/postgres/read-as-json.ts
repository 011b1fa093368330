import type { Queryable } from './database.ts'

/**
 * The rows of a query as one JSON text: for wide rows and those with arrays, whose fields the driver takes apart one by one.
 * Dates arrive as text, and integers must stay below 2^53.
 */
export async function readAsJson<R extends object>(
  db: Queryable,
  text: string,
  values: readonly unknown[],
  name?: string,
): Promise<readonly R[]> {
  const { rows } = await db.query<{ rows: R[] }>(
    `select coalesce(json_agg(t), '[]') as rows from (${text}) t`,
    values,
    name,
  )
  return rows[0]?.rows ?? []
}
