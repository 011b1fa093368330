import { beforeAll, describe, expect, it } from 'vitest'
import { aPushServer, type PushServer } from './testing/a-push-server.ts'
import { anIngest, type TestIngest } from './testing/an-ingest.ts'

let ingest: TestIngest
let server: PushServer
beforeAll(async () => {
  ingest = await anIngest()
  server = await aPushServer(ingest)
})

const DRY = '/v1/sources/plain/records?dryRun=true'
const line = (record: object) => `${JSON.stringify(record)}\n`

/** Every row that a push may write, but the counting of the request. */
async function everything() {
  const tables = ['raw_records', 'raw_blocks', 'heads', 'refused_lines', 'batches', 'source_counts', 'source_refusals']
  const { rows } = await ingest.database.query<{ text: string }>(
    [...tables, 'outbox_references'].map((table) => `select t::text as text from ${table} t`).join(' union all '),
  )
  return rows.map(({ text }) => text).sort()
}

describe('a dry run', () => {
  it('says of every line what the push then does, and leaves nothing behind', async () => {
    const before = [
      { id: 'same', title: 'T' },
      { id: 'newer', title: 'T', updated: '2026-02-01T00:00:00Z' },
      { id: 'turned', title: 'T' },
      { id: 'gone', title: 'T' },
    ]
    await server.send({ body: before.map(line).join('') })
    const body = [
      line({ id: 'same', title: 'T' }),
      line({ id: 'newer', title: 'old', updated: '2026-01-01T00:00:00Z' }),
      line({ title: 'T', id: 'turned' }),
      '[]\n',
      line({ _atlas: { op: 'delete', sourceId: 'gone' } }),
      line({ id: 'new', title: 'T' }),
      line({ id: 'new', title: 'T' }),
      line({ id: 'new', title: 'U' }),
    ].join('')
    const state = await everything()
    const dry = await server.send({ path: DRY, headers: { 'batch-id': 'dry' }, body })
    expect(await everything()).toEqual(state)
    expect(dry.lines.slice(0, -1)).toMatchObject([
      { line: 1, outcome: 'duplicate', sourceId: 'same' },
      { line: 2, outcome: 'stale', class: 'stale' },
      { line: 3, outcome: 'updated', class: 'cosmetic' },
      { line: 4, outcome: 'refused', errors: [{ code: 'not_an_object' }] },
      { line: 5, outcome: 'updated', class: 'deleted', version: 2 },
      { line: 6, outcome: 'stored', class: 'first', version: 1 },
      { line: 7, outcome: 'duplicate' },
      { line: 8, outcome: 'updated', class: 'identity', version: 2 },
    ])
    const { lines: kept } = await server.send({ path: '/v1/sources/plain/records?verbose', body })
    const outcomes = (told: typeof kept) =>
      told.slice(0, -1).map(({ line, outcome, version }) => ({ line, outcome, version }))
    expect(outcomes(dry.lines)).toEqual(outcomes(kept))
    expect(dry.lines.at(-1)?.summary.dryRun).toBe(true)
    expect(dry.lines.at(-1)?.summary.counts).toEqual(kept.at(-1)?.summary.counts)
  })

  it('remembers over the chunks of a body what the earlier ones would have made', async () => {
    const many = Array.from({ length: 1_500 }, (_, at) => line({ id: `far${at}`, title: 'T' })).join('')
    const body = many + line({ id: 'far0', title: 'T' }) + line({ id: 'far1', title: 'U' })
    const { json } = await server.send({ path: `${DRY}&verbose=false`, body })
    expect(json).toMatchObject({ dryRun: true, counts: { stored: 1_500, duplicate: 1, updated: 1 } })
  })

  it('fails as the push would, with nothing kept', async () => {
    const { status, json } = await server.send({ path: `${DRY}&atomic&verbose=false`, body: `${line({ id: 'x' })}[]` })
    expect([status, json.code, json.committedLines]).toEqual([422, 'atomic_refused', 0])
    expect((await server.send({ path: '/v1/sources/plain/records?dryRun=maybe', body: '' })).json.code).toBe(
      'invalid_parameter',
    )
  })
})
