import { clusterWorks, indexKeysFor } from '@atlas/linkage'
import { decideWorks, type WorkChange } from '@atlas/matcher/place/decide-works'
import { contentKeyOf, type StoredRecord, storedRecordOf } from '@atlas/matcher/record'
import { type CopyValue, copyRows, type Database } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { withoutIndexes } from './without-indexes.ts'

type Row = Readonly<Record<string, CopyValue>>
type Tables = Record<(typeof TABLES)[number], Row[]>

const TABLES = ['records', 'record_keys', 'works', 'work_members', 'work_identifiers', 'slots', 'slot_keys'] as const
const BATCH = 2_000

export interface LoadOptions {
  /** `records`: the index of records and nothing made from it. */
  readonly what: 'all' | 'records'
  readonly progress?: (loaded: number) => void
}

/**
 * Stores publications by COPY as the handler would have left them, each a neighbourhood of its own; what it writes is what
 * clustering and `decideWorks` say, row for row (`assertLoadsAlike`). Nothing waits to be compared.
 */
export async function loadWorks(
  admin: Database,
  count: number,
  publication: (index: number) => readonly RecordSnapshot[],
  { what, progress = () => undefined }: LoadOptions,
): Promise<void> {
  await withoutIndexes(admin, TABLES, async () => {
    for (let at = 0; at < count; at += BATCH) {
      const tables = emptyTables()
      for (let index = at; index < Math.min(count, at + BATCH); index++)
        addRows(tables, index + 1, publication(index), what)
      await admin.transaction(async (tx) => {
        for (const table of TABLES) {
          const columns = Object.keys(tables[table][0] ?? {})
          if (columns.length > 0)
            await copyRows(
              tx,
              `${table} (${columns.join(', ')})`,
              tables[table].map((row) => Object.values(row)),
            )
        }
      })
      progress(Math.min(count, at + BATCH))
    }
  })
  await admin.query(`select setval('revisions', ${count + 1})`)
  await admin.query(`vacuum analyze ${TABLES.join(', ')}`)
}

/** Throws unless both ways of filling a database left the same rows: numbers and causes apart. */
export async function assertLoadsAlike(loaded: Database, handled: Database): Promise<void> {
  for (const table of TABLES) {
    const [ours, theirs] = [await rowsOf(loaded, table), await rowsOf(handled, table)]
    const at = theirs.findIndex((row, index) => row !== ours[index])
    if (ours.length !== theirs.length || at >= 0)
      throw new Error(
        `table "${table}" is loaded otherwise than the matcher fills it: ${ours.length} rows ${ours[at]}, ${theirs.length} rows ${theirs[at]}`,
      )
  }
}

async function rowsOf(database: Database, table: string): Promise<readonly string[]> {
  const { rows } = await database.query<{ row: string }>(
    `select (to_jsonb(t) - '{revision,from_revision,slot_revisions,caused_by}'::text[])::text as row from ${table} t order by 1`,
  )
  return rows.map(({ row }) => row)
}

function emptyTables(): Tables {
  return { records: [], record_keys: [], works: [], work_members: [], work_identifiers: [], slots: [], slot_keys: [] }
}

function addRows(
  tables: Tables,
  revision: number,
  snapshots: readonly RecordSnapshot[],
  what: LoadOptions['what'],
): void {
  const records = snapshots.map(storedRecordOf)
  for (const [at, record] of records.entries()) {
    const keys = indexKeysFor(record).stored
    const content_key = contentKeyOf(snapshots[at] as RecordSnapshot)
    tables.records.push({ ...headOf(record), content_key, live: true, keys, snapshot: JSON.stringify(record) })
    for (const key of keys) tables.record_keys.push({ key, record_id: record.recordId })
  }
  if (what === 'records') return
  const after = clusterWorks({ records, constraints: [] })
  const byId = new Map(records.map((record) => [record.recordId, record]))
  const nothing = { works: [], redirects: [], slots: [] }
  for (const change of decideWorks(nothing, after, byId, { causes: [...byId.keys()], restated: new Set() }, new Map()))
    addWork(tables, revision, change)
}

function headOf({ recordId, version }: StoredRecord): Row {
  return { record_id: recordId, version }
}

function addWork(tables: Tables, revision: number, change: WorkChange): void {
  const work_id = change.workId
  tables.works.push({
    work_id,
    revision,
    state: change.state,
    content: JSON.stringify(change.content),
    additions: JSON.stringify(change.additions),
    slot_revisions: change.slots.map(() => `${revision}`),
    features: JSON.stringify(change.features),
    sources: change.sources,
    held_apart: change.heldApart,
    caused_by: change.causedBy,
  })
  for (const { recordId, reason, linkedTo } of change.joined)
    tables.work_members.push({ record_id: recordId, work_id, from_revision: revision, reason, linked_to: linkedTo })
  for (const { scheme, value, relation, base, recordIds } of change.identifiers)
    tables.work_identifiers.push({ scheme, value, work_id, relation, base, record_ids: recordIds })
  for (const { slotId, keys, features, shown, replaces } of change.slots) {
    const json = { features: JSON.stringify(features), shown: JSON.stringify(shown) }
    tables.slots.push({
      slot_id: slotId,
      work_id,
      revision,
      keys,
      ...json,
      mention_keys: features.mentionKeys,
      replaces,
    })
    for (const key of keys) tables.slot_keys.push({ key, slot_id: slotId })
  }
}
