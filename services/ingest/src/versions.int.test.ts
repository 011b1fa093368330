import { createHash } from 'node:crypto'
import { recordIdOf } from '@atlas/identifiers'
import type { RecordSnapshot } from '@atlas/schemas'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { explainRecord } from './explain.ts'
import { decodeSnapshot } from './packed-content.ts'
import { findStoredBytes } from './store/raw-records.ts'
import { currentStates, listRecordIds } from './store/snapshots.ts'
import { anIngest, outcomesOf, send, type TestIngest } from './testing/an-ingest.ts'

let ingest: TestIngest
beforeAll(async () => {
  ingest = await anIngest()
})

let count = 0
const freshId = () => `r${++count}`

async function snapshotOf(id: string): Promise<RecordSnapshot | undefined> {
  const [state] = await currentStates(ingest.database, [recordIdOf('plain', id)])
  return state && decodeSnapshot(ingest.codec, state.value)
}

async function versionsOf(id: string): Promise<string[]> {
  const explained = await explainRecord(ingest.database, ingest.codec, recordIdOf('plain', id))
  return (explained?.versions ?? [])
    .map((version) => `${version.rawVersion} ${version.class} ${version.publishedVersion ?? '-'}`)
    .reverse()
}

async function referencesOf(id: string): Promise<number> {
  const { rows } = await ingest.database.query<{ count: number }>(
    'select count(*) as count from outbox_references where object_id = $1',
    [recordIdOf('plain', id)],
  )
  return rows[0]?.count ?? 0
}

describe('a record that arrives', () => {
  it('is kept as its bytes and published as a message that says the same', async () => {
    const id = freshId()
    const line = `{"id":"${id}", "title":"Ünïcode  – kept","authors":["Ann Ar","Bo Bé"],  "venue":"V"}`
    expect(await send(ingest, [line], { fetchedAt: 1_700_000_000_000 })).toMatchObject([
      { line: 1, outcome: 'stored', sourceId: id, rawVersion: 1, version: 1 },
    ])
    const [stored] = await findStoredBytes(ingest.database, 'plain', [{ sourceId: id, rawVersion: 1 }])
    expect(stored && Buffer.from(stored.bytes).toString()).toBe(line)
    const [state] = await currentStates(ingest.database, [recordIdOf('plain', id)])
    expect(state).toMatchObject({ key: `plain:${id}`, revision: 1, type: 'record' })
    const snapshot = await snapshotOf(id)
    expect(snapshot).toMatchObject({
      eventId: state?.eventId,
      recordId: recordIdOf('plain', id),
      version: 1,
      rawVersion: 1,
      normaliser: 'plain/1',
      checksum: createHash('sha256').update(line).digest('hex'),
      fetchedAt: 1_700_000_000_000,
      title: 'Ünïcode  – kept',
      deleted: false,
      suppressed: false,
    })
    expect(snapshot?.authors.map(({ name }) => name)).toEqual(['Ann Ar', 'Bo Bé'])
    expect(await referencesOf(id)).toBe(1)
  })

  it('sent again writes nothing', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T' }])
    const before = await ingest.database.query('select xmin::text, * from heads where source_id = $1', [id])
    expect(outcomesOf(await send(ingest, [{ id, title: 'T' }], { fetchedAt: Date.now() }))).toEqual(['duplicate'])
    const after = await ingest.database.query('select xmin::text, * from heads where source_id = $1', [id])
    expect(after.rows).toEqual(before.rows)
    expect(await referencesOf(id)).toBe(1)
  })

  it('in several versions in one chunk takes them in order, and publishes the last', async () => {
    const id = freshId()
    const lines = [
      { id, title: 'A', authors: ['Ann Ar'] },
      { id, title: 'A', authors: ['Ann Ar'] },
      { id, title: 'B', authors: ['Ann Arr'] },
      { id, title: 'A', authors: ['Ann Ar'] },
    ]
    expect(outcomesOf(await send(ingest, lines))).toEqual(['stored', 'duplicate', 'updated', 'duplicate'])
    expect(await versionsOf(id)).toEqual(['1 first 1', '2 identity 2'])
    expect(await snapshotOf(id)).toMatchObject({ version: 2, title: 'B' })
    expect(await referencesOf(id)).toBe(1)
  })

  it('keeps a cosmetic and a stale version and publishes neither', async () => {
    const id = freshId()
    const stamped = (updated: string, rest: object) => ({ id, updated, title: 'A', ...rest })
    await send(ingest, [stamped('2026-01-02T00:00:00Z', {})])
    expect(outcomesOf(await send(ingest, [stamped('2026-01-03T00:00:00Z', { unknown: 1 })]))).toEqual(['updated'])
    expect(outcomesOf(await send(ingest, [stamped('2026-01-01T00:00:00Z', { title: 'Old' })]))).toEqual(['stale'])
    expect(await versionsOf(id)).toEqual(['1 first 1', '2 cosmetic -', '3 stale -'])
    expect(await snapshotOf(id)).toMatchObject({ version: 1, rawVersion: 1, title: 'A' })
    expect(await referencesOf(id)).toBe(1)
    expect(outcomesOf(await send(ingest, [stamped('2026-01-04T00:00:00Z', { venue: 'W' })]))).toEqual(['updated'])
    expect(await versionsOf(id)).toEqual(['1 first 1', '2 cosmetic -', '3 stale -', '4 bibliographic 2'])
  })

  it('A → B → A makes three versions only with a newer fetch', async () => {
    const id = freshId()
    const a = { id, title: 'A' }
    const b = { id, title: 'B' }
    expect(outcomesOf(await send(ingest, [a], { fetchedAt: 1_000 }))).toEqual(['stored'])
    expect(outcomesOf(await send(ingest, [b], { fetchedAt: 2_000 }))).toEqual(['updated'])
    expect(outcomesOf(await send(ingest, [a]))).toEqual(['duplicate'])
    expect(outcomesOf(await send(ingest, [a], { fetchedAt: 1_500 }))).toEqual(['duplicate'])
    expect(await snapshotOf(id)).toMatchObject({ title: 'B' })
    expect(outcomesOf(await send(ingest, [a], { fetchedAt: 3_000 }))).toEqual(['updated'])
    expect(await snapshotOf(id)).toMatchObject({ title: 'A', version: 3, rawVersion: 3 })
  })

  it('that its source deleted stays what was last known, marked deleted', async () => {
    const id = freshId()
    const gone = { _atlas: { op: 'delete', sourceId: id } }
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'] }])
    expect(outcomesOf(await send(ingest, [gone]))).toEqual(['updated'])
    expect(await snapshotOf(id)).toMatchObject({ deleted: true, title: 'T', version: 2, rawVersion: 2 })
    expect(outcomesOf(await send(ingest, [gone]))).toEqual(['duplicate'])
    expect(outcomesOf(await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'], again: true }]))).toEqual(['updated'])
    expect(await snapshotOf(id)).toMatchObject({ deleted: false, version: 3 })
    expect(await versionsOf(id)).toEqual(['1 first 1', '2 deleted 2', '3 restored 3'])
  })

  it('that says of itself that it is gone is deleted at the time it says', async () => {
    const id = freshId()
    const gone = (updated: string) => ({ id, updated, gone: true })
    await send(ingest, [{ id, updated: '2026-01-02T00:00:00Z', title: 'T' }])
    expect(outcomesOf(await send(ingest, [gone('2026-01-01T00:00:00Z')]))).toEqual(['stale'])
    expect(outcomesOf(await send(ingest, [gone('2026-01-03T00:00:00Z')]))).toEqual(['updated'])
    expect(await snapshotOf(id)).toMatchObject({ deleted: true, title: 'T', version: 2, rawVersion: 3 })
  })

  it('whose deletion came first is published once something newer arrives', async () => {
    const id = freshId()
    await send(ingest, [{ _atlas: { op: 'delete', sourceId: id } }], { fetchedAt: 5_000 })
    expect(await snapshotOf(id)).toBeUndefined()
    expect(outcomesOf(await send(ingest, [{ id, title: 'Old' }], { fetchedAt: 4_000 }))).toEqual(['stale'])
    expect(outcomesOf(await send(ingest, [{ id, title: 'New' }], { fetchedAt: 6_000 }))).toEqual(['updated'])
    expect(await snapshotOf(id)).toMatchObject({ title: 'New', version: 1, rawVersion: 3 })
  })

  it('keeps the key of an author whose name was corrected as an alias', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar', 'Jon Smith'] }])
    const before = await snapshotOf(id)
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar', 'John Smith'] }])
    const after = await snapshotOf(id)
    expect(after?.authors[0]?.mentionKey).toBe(before?.authors[0]?.mentionKey)
    expect(after?.authors[1]?.aliases).toContain(before?.authors[1]?.mentionKey)
  })

  it('is marked where it is suppressed', async () => {
    const id = freshId()
    const key = recordIdOf('plain', id)
    await ingest.admin.query("insert into suppressed (kind, key, reason) values ('record', $1, 'objection')", [key])
    await send(ingest, [{ id, title: 'T' }])
    expect(await snapshotOf(id)).toMatchObject({ suppressed: true })
    await ingest.admin.query('delete from suppressed')
  })
})

describe('what was kept', () => {
  it('can be changed by nobody', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T' }])
    for (const statement of [
      'update raw_records set class = class',
      'delete from raw_records',
      'truncate raw_records',
    ]) {
      await expect(ingest.database.query(statement)).rejects.toMatchObject({ code: '42501' })
      await expect(ingest.admin.query(statement)).rejects.toMatchObject({ code: '42501' })
    }
    await expect(ingest.database.query('delete from heads')).rejects.toMatchObject({ code: '42501' })
    await expect(ingest.database.query('update refused_lines set code = code')).rejects.toMatchObject({ code: '42501' })
  })

  it('has the checksum of its bytes', async () => {
    const { rows } = await ingest.database.query<{ sourceId: string; rawVersion: number; checksum: string }>(
      `select source_id as "sourceId", raw_version as "rawVersion", encode(checksum, 'hex') as checksum from raw_records`,
    )
    expect(rows.length).toBeGreaterThan(10)
    const stored = await findStoredBytes(ingest.database, 'plain', rows)
    expect(stored).toHaveLength(rows.length)
    for (const bytes of stored) {
      const row = rows.find((one) => one.sourceId === bytes.sourceId && one.rawVersion === bytes.rawVersion)
      expect(createHash('sha256').update(bytes.bytes).digest('hex')).toBe(row?.checksum)
    }
  })

  it('is listed page by page, each published record once', async () => {
    const all = await listRecordIds(ingest.database, undefined, 1_000)
    const paged: string[] = []
    for (let page = await listRecordIds(ingest.database, undefined, 3); page.length > 0; ) {
      paged.push(...page)
      page = await listRecordIds(ingest.database, page.at(-1), 3)
    }
    expect(paged).toEqual(all)
  })
})

describe('however lines are cut into chunks', () => {
  const line = fc.record({
    record: fc.constantFrom('x', 'y'),
    title: fc.constantFrom('A', 'B', 'C'),
    spaces: fc.constantFrom('', ' '),
    deletes: fc.boolean(),
  })

  it('the same is kept and published', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (list, size) => {
          const run = ++count
          const body = (name: string) =>
            list.map(({ record, title, spaces, deletes }) => {
              const id = `${name}${run}${record}`
              return deletes && title === 'C'
                ? `{"_atlas":{"op":"delete","sourceId":"${id}"}}${spaces}`
                : `{"id":"${id}",${spaces}"title":"${title}"}`
            })
          const whole = outcomesOf(await send(ingest, body('w')))
          const cut: string[] = []
          const lines = body('c')
          for (let at = 0; at < lines.length; at += size)
            cut.push(...outcomesOf(await send(ingest, lines.slice(at, at + size))))
          expect(cut).toEqual(whole)
          for (const record of ['x', 'y']) {
            expect(await versionsOf(`c${run}${record}`)).toEqual(await versionsOf(`w${run}${record}`))
            const [one, other] = [await snapshotOf(`c${run}${record}`), await snapshotOf(`w${run}${record}`)]
            expect([one?.version, one?.rawVersion, one?.title, one?.deleted]).toEqual([
              other?.version,
              other?.rawVersion,
              other?.title,
              other?.deleted,
            ])
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('two senders at once', () => {
  const records = (name: string, rest: object = {}) =>
    Array.from({ length: 300 }, (_, at) => ({ id: `${name}${at}`, title: 'T', ...rest }))

  it('with the same records keep each once', async () => {
    for (let round = 0; round < 5; round++) {
      const name = freshId()
      const lines = records(name)
      const [one, other] = await Promise.all([send(ingest, lines), send(ingest, lines.toReversed())])
      const all = [...outcomesOf(one), ...outcomesOf(other)]
      expect(all.filter((outcome) => outcome === 'stored')).toHaveLength(300)
      expect(all.filter((outcome) => outcome === 'duplicate')).toHaveLength(300)
    }
  })

  it('with different contents keep both versions of each record', async () => {
    const name = freshId()
    await send(ingest, records(name))
    const [one, other] = await Promise.all([
      send(ingest, records(name, { title: 'A' }), { fetchedAt: Date.now() + 1_000 }),
      send(ingest, records(name, { title: 'B' }).toReversed(), { fetchedAt: Date.now() + 2_000 }),
    ])
    expect(new Set(outcomesOf(other))).toEqual(new Set(['updated']))
    // B was fetched later: where A came second, it is stale.
    expect(outcomesOf(one).every((outcome) => outcome === 'updated' || outcome === 'stale')).toBe(true)
    for (const at of [0, 150, 299]) {
      expect(await versionsOf(`${name}${at}`)).toHaveLength(3)
      expect(await snapshotOf(`${name}${at}`)).toMatchObject({ title: 'B' })
    }
  })
})
