import { recordIdOf } from '@atlas/identifiers'
import type { RecordSnapshot } from '@atlas/schemas'
import { beforeAll, describe, expect, it } from 'vitest'
import { explainRecord } from './explain.ts'
import { decodeSnapshot } from './packed-content.ts'
import { publishVolatile } from './publish-volatile.ts'
import { currentStates } from './store/snapshots.ts'
import { anIngest, outcomesOf, send, type TestIngest } from './testing/an-ingest.ts'

const WEEK = 7 * 86_400_000

let ingest: TestIngest
beforeAll(async () => {
  ingest = await anIngest()
})

let count = 0
const freshId = () => `c${++count}`

async function snapshotOf(id: string): Promise<RecordSnapshot | undefined> {
  const [state] = await currentStates(ingest.database, [recordIdOf('plain', id)])
  return state && decodeSnapshot(ingest.codec, state.value)
}

async function explained(id: string) {
  const found = await explainRecord(ingest.database, ingest.codec, recordIdOf('plain', id))
  if (!found) throw new Error(`nothing is known of "${id}"`)
  return found
}

async function classesOf(id: string): Promise<string[]> {
  const { versions } = await explained(id)
  return versions.map((one) => `${one.class} ${one.publishedVersion ?? '-'}`).reverse()
}

async function referencesOf(id: string): Promise<number> {
  const { rows } = await ingest.database.query<{ count: number }>(
    'select count(*) as count from outbox_references where object_id = $1',
    [recordIdOf('plain', id)],
  )
  return rows[0]?.count ?? 0
}

/** As if so much time had gone by. */
async function later(ms: number, ...ids: readonly string[]): Promise<void> {
  await ingest.admin.query(
    `update heads set published_at = published_at - make_interval(secs => $1), received_at = received_at - make_interval(secs => $1),
                      volatile_due_at = volatile_due_at - make_interval(secs => $1) where source_id = any($2::text[])`,
    [ms / 1000, ids],
  )
}

const sweep = (change: Partial<TestIngest> = {}) => publishVolatile({ ...ingest, ...change }, 100)

describe('a citation count that moved', () => {
  it('is kept, is published a week after the last publication, once, and moves nothing of who the record is', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'], cited: 1 }])
    const first = await snapshotOf(id)
    expect(outcomesOf(await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'], cited: 2 }]))).toEqual(['updated'])
    expect(outcomesOf(await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'], cited: 3 }]))).toEqual(['updated'])
    expect(await classesOf(id)).toEqual(['first 1', 'volatile -', 'volatile -'])
    const { publishedAt, volatileDueAt } = await explained(id)
    expect((volatileDueAt?.getTime() ?? 0) - (publishedAt?.getTime() ?? 0)).toBe(WEEK)
    expect(await sweep()).toEqual({ published: 0, unchanged: 0, refused: 0 })
    await later(WEEK, id)
    expect(await sweep()).toEqual({ published: 1, unchanged: 0, refused: 0 })
    expect(await sweep()).toEqual({ published: 0, unchanged: 0, refused: 0 })
    expect(await snapshotOf(id)).toMatchObject({ version: 2, rawVersion: 3, citedByCount: 3, changed: [] })
    const second = await snapshotOf(id)
    expect(second?.fingerprints.identity).toBe(first?.fingerprints.identity)
    expect(second?.authors).toEqual(first?.authors)
    expect(await referencesOf(id)).toBe(2)
    expect((await explained(id)).volatileDueAt).toBeNull()
  })

  it('is published when it comes, where nothing was for a week', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T', cited: 1 }])
    await later(WEEK, id)
    await send(ingest, [{ id, title: 'T', cited: 2 }])
    expect(await classesOf(id)).toEqual(['first 1', 'volatile 2'])
    await send(ingest, [{ id, title: 'T', cited: 3 }])
    expect(await classesOf(id)).toEqual(['first 1', 'volatile 2', 'volatile -'])
  })

  it('is due no more once it went out with something else, or is as it was', async () => {
    const [one, other, gone] = [freshId(), freshId(), freshId()]
    const ids = [one, other, gone]
    await send(
      ingest,
      ids.map((id) => ({ id, title: 'T', cited: 1 })),
    )
    await send(
      ingest,
      ids.map((id) => ({ id, title: 'T', cited: 2 })),
    )
    await send(ingest, [
      { id: one, title: 'T', cited: 2, venue: 'V' },
      { id: other, title: 'T', cited: 1, note: 'as it was' },
      { _atlas: { op: 'delete', sourceId: gone } },
    ])
    await later(WEEK, ...ids)
    expect(await sweep()).toEqual({ published: 0, unchanged: 0, refused: 0 })
    expect(await classesOf(one)).toEqual(['first 1', 'volatile -', 'bibliographic 2'])
    expect(await classesOf(other)).toEqual(['first 1', 'volatile -', 'cosmetic -'])
    expect(await classesOf(gone)).toEqual(['first 1', 'volatile -', 'deleted 2'])
    expect(await snapshotOf(one)).toMatchObject({ version: 2, citedByCount: 2, venue: { name: 'V' } })
  })

  it('survives who dies before and after the commit, and goes out once', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T', cited: 1 }])
    await send(ingest, [{ id, title: 'T', cited: 2 }])
    await later(WEEK, id)
    const dyingAt = (place: string) => ({
      failpoints: {
        hit(name: string) {
          if (name === place) throw new Error('killed')
        },
      },
    })
    await expect(sweep(dyingAt('volatile.before_commit'))).rejects.toThrow('killed')
    expect([await referencesOf(id), (await snapshotOf(id))?.version]).toEqual([1, 1])
    await expect(sweep(dyingAt('volatile.after_commit'))).rejects.toThrow('killed')
    expect([await referencesOf(id), (await snapshotOf(id))?.version]).toEqual([2, 2])
    expect(await sweep()).toEqual({ published: 0, unchanged: 0, refused: 0 })
  })

  it('is published once by three members that sweep at once, while new counts arrive', async () => {
    const ids = Array.from({ length: 60 }, freshId)
    const records = (cited: number) => ids.map((id) => ({ id, title: 'T', cited }))
    await send(ingest, records(1))
    await send(ingest, records(2))
    await later(WEEK, ...ids)
    const members = Array.from({ length: 12 }, () => publishVolatile(ingest, 7))
    await Promise.all([...members, send(ingest, records(3).toReversed())])
    while ((await sweep()).published > 0);
    // A count that came while it was due goes out at once, and then nothing is due; else the next one waits a week.
    for (const id of ids) expect([await referencesOf(id), (await snapshotOf(id))?.version]).toEqual([2, 2])
    const { rows } = await ingest.database.query<{ raw_version: number; due: boolean }>(
      'select distinct content_version as raw_version, volatile_due_at is not null as due from heads where source_id = any($1)',
      [ids],
    )
    for (const { raw_version, due } of rows) expect(due).toBe(raw_version === 2)
  })

  it('of a record whose bytes cannot be read any more stays what it was', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T', cited: 1 }])
    await send(ingest, [{ id, title: 'T', cited: 2 }])
    await later(WEEK, id)
    expect(await sweep({ adapters: new Map() })).toEqual({ published: 0, unchanged: 0, refused: 1 })
    expect(await snapshotOf(id)).toMatchObject({ version: 1, citedByCount: 1 })
  })
})

describe('what changed of who or what a record is', () => {
  it('is told by the snapshot and kept with the version', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'On mosses', authors: ['Ann Ar', 'Jon Smith'] }])
    await send(ingest, [{ id, title: 'On ferns', authors: ['Bo Bé', 'Ann Ar', 'John Smith'] }])
    const changed = ['title', 'authors[2].name', 'authors[+]']
    expect(await snapshotOf(id)).toMatchObject({ version: 2, changed })
    expect((await explained(id)).versions.map((one) => one.changed)).toEqual([changed, null])
    await send(ingest, [{ id, title: 'On ferns', authors: ['Bo Bé', 'Ann Ar', 'John Smith'], venue: 'V' }])
    expect(await snapshotOf(id)).toMatchObject({ version: 3, changed: [] })
    await send(ingest, [{ id, title: 'On ferns', authors: ['John Smith', 'Bo Bé'], venue: 'V' }])
    expect(await snapshotOf(id)).toMatchObject({ version: 4, changed: ['authors[-]'] })
  })

  it('of several versions of one chunk is told together', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'A', authors: ['Ann Ar'] }])
    await send(ingest, [
      { id, title: 'B', authors: ['Ann Ar'] },
      { id, title: 'B', authors: ['Ann Ar', 'Bo Bé'] },
    ])
    expect(await snapshotOf(id)).toMatchObject({ version: 3, changed: ['title', 'authors[+]'] })
    expect((await explained(id)).versions.map((one) => one.changed)).toEqual([['authors[+]'], ['title'], null])
  })

  it('is nothing where only the rules of classing are others than when it was published', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'], cited: 1 }])
    await ingest.admin.query(
      `update heads set fingerprints = decode(repeat('00', 96), 'hex'), fingerprint_rules = 1, published_at = null where source_id = $1`,
      [id],
    )
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'], cited: 1, note: 'cosmetic' }])
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'], cited: 2 }])
    expect(await classesOf(id)).toEqual(['first 1', 'cosmetic -', 'volatile -'])
  })
})

describe('a record that goes', () => {
  it.each([
    [(id: string): object => ({ _atlas: { op: 'delete', sourceId: id } }), 'deleted'],
    [(id: string): object => ({ _atlas: { op: 'withdraw', sourceId: id } }), 'withdrawn'],
    [(id: string): object => ({ id, gone: true }), 'deleted'],
    [(id: string): object => ({ id, gone: 'withdrawn', title: 'Withdrawn: T' }), 'withdrawn'],
  ])('%s leaves a tombstone that says why, and comes back', async (line, because) => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'] }])
    await send(ingest, [line(id)])
    const tombstone = { version: 2, deleted: true, deletedBecause: because, title: 'T', changed: ['deleted'] }
    expect(await snapshotOf(id)).toMatchObject(tombstone)
    await send(ingest, [{ id, title: 'T', authors: ['Ann Ar'], again: 1 }])
    expect(await snapshotOf(id)).toMatchObject({
      version: 3,
      deleted: false,
      deletedBecause: null,
      changed: ['deleted'],
    })
    expect(await classesOf(id)).toEqual(['first 1', 'deleted 2', 'restored 3'])
  })

  it('that was retracted stays, marked', async () => {
    const id = freshId()
    await send(ingest, [{ id, title: 'T' }])
    await send(ingest, [{ id, title: 'T', retracted: true }])
    expect(await snapshotOf(id)).toMatchObject({ version: 2, deleted: false, retracted: true, changed: [] })
    await send(ingest, [{ id, title: 'T', again: 1 }])
    expect(await snapshotOf(id)).toMatchObject({ version: 3, retracted: false })
    expect(await classesOf(id)).toEqual(['first 1', 'bibliographic 2', 'bibliographic 3'])
  })
})
