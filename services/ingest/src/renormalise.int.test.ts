import { recordIdOf } from '@atlas/identifiers'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeSnapshot } from './packed-content.ts'
import { renormalise } from './renormalise.ts'
import { currentStates } from './store/snapshots.ts'
import { anIngest, send, type TestIngest } from './testing/an-ingest.ts'
import { plainSource } from './testing/plain-source.ts'

let ingest: TestIngest
beforeAll(async () => {
  ingest = await anIngest()
})

async function stateOf(id: string) {
  const [state] = await currentStates(ingest.database, [recordIdOf('plain', id)])
  if (!state) throw new Error(`nothing is published of "${id}"`)
  const snapshot = await decodeSnapshot(ingest.codec, state.value)
  const { rows } = await ingest.database.query<{ normaliser: string; references: number }>(
    `select normaliser, (select count(*) from outbox_references where object_id = $1) as references from heads where record_id = $1::uuid`,
    [recordIdOf('plain', id)],
  )
  return { ...snapshot, head: rows[0] }
}

const never = new AbortController().signal

describe('reading stored bytes again', () => {
  it('publishes a new version only where the snapshot changed', async () => {
    await send(ingest, [
      { id: 'lower', title: 'lower', authors: ['Ann Ar'] },
      { id: 'upper', title: 'UPPER', authors: ['Ann Ar'] },
      { id: 'gone', title: 'gone' },
      { id: 'cosmetic', title: 'before' },
    ])
    await send(ingest, [{ _atlas: { op: 'delete', sourceId: 'gone' } }, { id: 'cosmetic', title: 'before', x: 1 }])
    const before = await stateOf('lower')
    const { counts } = await renormalise(ingest, { adapter: plainSource(2), signal: never, page: 3 })
    expect(counts).toEqual({ changed: 3, unchanged: 1, refused: 0, overtaken: 0 })

    const lower = await stateOf('lower')
    expect(lower).toMatchObject({ version: 2, rawVersion: 1, title: 'LOWER', normaliser: 'plain/2', deleted: false })
    expect(lower.authors[0]?.mentionKey).toBe(before.authors[0]?.mentionKey)
    expect(lower.head).toEqual({ normaliser: 'plain/2', references: 2 })
    expect(await stateOf('upper')).toMatchObject({
      version: 1,
      normaliser: 'plain/1',
      head: { normaliser: 'plain/2', references: 1 },
    })
    expect(await stateOf('gone')).toMatchObject({ version: 3, rawVersion: 2, title: 'GONE', deleted: true })
    // What was cosmetic is published with it: the snapshot is of the current bytes.
    expect(await stateOf('cosmetic')).toMatchObject({ version: 2, rawVersion: 2, title: 'BEFORE' })
  })

  it('does nothing the second time', async () => {
    expect(await renormalise(ingest, { adapter: plainSource(2), signal: never })).toEqual({
      finished: true,
      counts: { changed: 0, unchanged: 0, refused: 0, overtaken: 0 },
    })
  })

  it('goes on where it was cut short, each record once', async () => {
    await send(
      ingest,
      Array.from({ length: 50 }, (_, at) => ({ id: `many${at}`, title: 'many' })),
    )
    const stop = new AbortController()
    const adapter = plainSource(2)
    let seen = 0
    const cut = renormalise(ingest, {
      adapter,
      signal: stop.signal,
      page: 10,
      onProgress: ({ changed }) => {
        seen = changed
        if (changed >= 20) stop.abort()
      },
    })
    expect(await cut).toMatchObject({ finished: false, counts: { changed: 20 } })
    expect(seen).toBe(20)
    expect(await renormalise(ingest, { adapter, signal: never, page: 10 })).toMatchObject({
      finished: true,
      counts: { changed: 50 },
    })
    const { rows } = await ingest.database.query(
      `select version from heads where starts_with(source_id, 'many') and version <> 2`,
    )
    expect(rows).toEqual([])
  })

  it('leaves alone what the corrected adapter cannot read', async () => {
    await send(ingest, [{ id: 'odd', title: 'odd' }], { adapter: plainSource(2) })
    const refusing = { ...plainSource(3), readJson: () => ({ ok: false as const, errors: [] }) }
    const {
      counts: { refused, changed },
    } = await renormalise(ingest, { adapter: refusing, signal: never })
    expect([refused > 0, changed]).toEqual([true, 0])
    expect(await stateOf('odd')).toMatchObject({ version: 1, title: 'ODD' })
  })
})
