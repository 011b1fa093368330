import type { Queryable, Tx } from '../postgres/database.ts'
import type { ExportPage } from './export.ts'
import type { FactScope } from './store-facts.ts'

export interface Load {
  readonly cursor: string | undefined
  readonly objects: number
  readonly finished: boolean
}

interface Row {
  readonly cursor: string | null
  readonly objects: number
  readonly finished: boolean
}

const COLUMNS = 'cursor, objects, finished_at is not null as finished'
const loadOf = (row: Row): Load => ({ ...row, cursor: row.cursor ?? undefined })

export async function findLoad(db: Queryable, { group, topic }: FactScope): Promise<Load | undefined> {
  const { rows } = await db.query<Row>(`select ${COLUMNS} from export_loads where consumer_group = $1 and topic = $2`, [
    group,
    topic,
  ])
  return rows[0] && loadOf(rows[0])
}

export async function beginLoad(tx: Tx, { group, topic }: FactScope): Promise<void> {
  await tx.query('insert into export_loads (consumer_group, topic) values ($1, $2) on conflict do nothing', [
    group,
    topic,
  ])
}

export async function lockLoad(tx: Tx, { group, topic }: FactScope): Promise<Load> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from export_loads where consumer_group = $1 and topic = $2 for update`,
    [group, topic],
  )
  if (!rows[0]) throw new Error(`no load of "${topic}" was begun`)
  return loadOf(rows[0])
}

export async function advanceLoad(tx: Tx, { group, topic }: FactScope, page: ExportPage): Promise<void> {
  await tx.query(
    `update export_loads
        set cursor = $3, pages = pages + 1, objects = objects + $4,
            finished_at = case when $3::text is null then now() end
      where consumer_group = $1 and topic = $2`,
    [group, topic, page.next ?? null, page.messages.length],
  )
}
