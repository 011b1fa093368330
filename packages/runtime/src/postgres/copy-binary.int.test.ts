import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDeliveryDatabase, type TestDatabase } from '../testing/servers.ts'
import { type BinaryColumn, copyBinary, copyInTurn, loadOf } from './copy-binary.ts'
import { classOf, codeOf } from './sqlstate.ts'

interface Row {
  readonly no: number
  readonly id: string | null
  readonly text: string | null
  readonly small: number | null
  readonly large: number | null
  readonly truth: boolean | null
  readonly bytes: Uint8Array | null
  readonly digest: string | null
  readonly at: number | null
  readonly texts: readonly string[] | null
}

const COLUMNS: readonly BinaryColumn<Row>[] = [
  { name: 'no', type: 'int4', of: ({ no }) => no },
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'text', type: 'text', of: ({ text }) => text },
  { name: 'small', type: 'int2', of: ({ small }) => small },
  { name: 'large', type: 'int8', of: ({ large }) => large },
  { name: 'truth', type: 'bool', of: ({ truth }) => truth },
  { name: 'bytes', type: 'bytea', of: ({ bytes }) => bytes },
  { name: 'digest', type: 'hex', of: ({ digest }) => digest },
  { name: 'at', type: 'instant', of: ({ at }) => at },
  { name: 'texts', type: 'texts', of: ({ texts }) => texts },
]

let server: TestDatabase
beforeAll(async () => {
  server = await aDeliveryDatabase(inject('stack').postgres)
  await server.asAdmin(
    `create table copied (no int primary key, id uuid, text text, small smallint, large bigint, truth bool, bytes bytea,
                          digest bytea, at timestamptz, texts text[])`,
  )
  await server.asAdmin('create table copied_after (like copied including all)')
  await server.asAdmin('grant select, insert, delete on copied, copied_after to delivery_app')
})
afterAll(() => server[Symbol.asyncDispose]())

async function copiedAndRead(rows: readonly Row[]): Promise<readonly Row[]> {
  return server.database.transaction(async (tx) => {
    await copyBinary(tx, 'copied', COLUMNS, rows)
    const read = await tx.query<Row>(
      `select no, id, text, small, large, truth, bytes, encode(digest, 'hex') as digest,
              (extract(epoch from at) * 1000)::bigint as at, texts from copied order by no`,
    )
    await tx.query('delete from copied')
    return read.rows
  })
}

const asSent = (rows: readonly Row[]) => rows.map((row) => ({ ...row, bytes: row.bytes && Buffer.from(row.bytes) }))

// No U+0000 and no halves of characters: a text cannot hold them.
const text = fc.string({ unit: 'grapheme' }).map((one) => one.replaceAll('\0', '').toWellFormed())
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 })
const row: fc.Arbitrary<Omit<Row, 'no'>> = fc.record({
  id: optional(fc.uuid()),
  text: optional(text),
  small: optional(fc.integer({ min: -32_768, max: 32_767 })),
  large: optional(fc.maxSafeInteger()),
  truth: optional(fc.boolean()),
  bytes: optional(fc.uint8Array({ maxLength: 2_000 })),
  digest: optional(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('hex'))),
  at: optional(fc.integer({ min: Date.UTC(1800, 0, 1), max: Date.UTC(2200, 0, 1) })),
  texts: optional(fc.array(text, { maxLength: 5 })),
})

describe('rows that are copied', () => {
  it('are what was sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (found) => {
        const rows = found.map((one, no) => ({ no, ...one }))
        expect(await copiedAndRead(rows)).toEqual(asSent(rows))
      }),
      { numRuns: 100 },
    )
  })

  it('may be many, and larger than a piece', async () => {
    const blank = { id: null, small: null, large: null, truth: null, digest: null, at: null, texts: null }
    const sizes = [300_000, 1, 262_144, 262_143, 0, 20_000, 2_000_000]
    const rows = Array.from({ length: 3_000 }, (_, no) => {
      const size = sizes[no] ?? no % 900
      return { ...blank, no, text: 'ä'.repeat(size % 300_001), bytes: randomBytes(size) }
    })
    expect(await copiedAndRead(rows)).toEqual(rows)
  })

  it('that break a rule fail as a statement does, and the connection is good for the next', async () => {
    const [one] = fc.sample(row, 1)
    const rows = Array.from({ length: 20_000 }, (_, no) => ({ ...one, no: no === 500 ? 3 : no }) as Row)
    for (let time = 0; time < 30; time++) {
      const failure = await server.database
        .transaction((tx) => copyBinary(tx, 'copied', COLUMNS, rows))
        .catch((error: unknown) => error)
      expect(codeOf(failure)).toBe('23505')
      expect(await server.database.query('select count(*)::int as count from copied')).toMatchObject({
        rows: [{ count: 0 }],
      })
    }
  })

  it('that cannot be written fail with what is wrong, and the connection is good for the next', async () => {
    const [one] = fc.sample(row, 1)
    // The first pieces are on their way when it is found out.
    const rows = Array.from(
      { length: 20_000 },
      (_, no) => ({ ...one, no, digest: no === 19_000 ? 'no hex' : null }) as Row,
    )
    const good = rows.slice(0, 3)
    for (const loads of [[rows], [good, rows], [rows, good]]) {
      const tables = loads.map((load, nth) => loadOf(['copied', 'copied_after'][nth] ?? '', COLUMNS, load))
      await expect(server.database.transaction((tx) => copyInTurn(tx, tables))).rejects.toThrow('not hex')
      expect(await server.database.query('select count(*)::int as count from copied')).toMatchObject({
        rows: [{ count: 0 }],
      })
    }
    expect(await copiedAndRead(good)).toEqual(asSent(good))
  })

  it('that cannot be written fail as a statement does where the server has refused others before', async () => {
    const [one] = fc.sample(row, 1)
    // The server hears of two rows with one number, in the table before, sooner than of the row that cannot be written.
    const twice = Array.from({ length: 2 }, () => ({ ...one, no: 1 }) as Row)
    const bad = [{ ...one, no: 1, digest: 'no hex' } as Row]
    const loads = [loadOf('copied', COLUMNS, twice), loadOf('copied_after', COLUMNS, bad)]
    const failure = await server.database.transaction((tx) => copyInTurn(tx, loads)).catch((error: unknown) => error)
    expect(codeOf(failure)).toBe('23505')
  })

  it('wait for a lock no longer than a statement may, and the connection is good for the next', async () => {
    const rows = fc.sample(row, 2_000).map((one, no) => ({ ...one, no }) as Row)
    const { promise: done, resolve: letGo } = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const other = server.database.transaction(async (tx) => {
      await tx.query('lock table copied_after in share row exclusive mode')
      locked.resolve()
      await done
    })
    await locked.promise
    const loads = ['copied', 'copied_after'].map((table) => loadOf(table, COLUMNS, rows))
    const failure = await server.database
      .transaction((tx) => copyInTurn(tx, loads), { statementTimeoutMs: 100 })
      .catch((error: unknown) => error)
    letGo()
    await other
    expect(codeOf(failure)).toBe('57014')
    expect(await copiedAndRead(rows)).toEqual(asSent(rows))
  })

  it('fail where the connection is lost, and the next has another', async () => {
    const [one] = fc.sample(row, 1)
    const rows = Array.from({ length: 20_000 }, (_, no) => ({ ...one, no }) as Row)
    const failure = await server.database
      .transaction(async (tx) => {
        const { rows: own } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
        const copied = copyBinary(tx, 'copied', COLUMNS, rows)
        const cut = server.asAdmin(`select pg_terminate_backend(${own[0]?.pid})`)
        await Promise.all([copied, cut])
        await tx.query('select')
      })
      .catch((error: unknown) => error)
    expect(classOf(failure)).toBe('unavailable')
    expect(await copiedAndRead(rows.slice(0, 3))).toEqual(asSent(rows.slice(0, 3)))
  })

  it('go into one table after the other, or into none', async () => {
    const arrays = fc.array(row, { maxLength: 40 })
    // How many rows of each table bear the number of the first: two break its rule.
    const twice = fc.constantFrom([1, 1], [1, 1], [2, 1], [1, 2], [2, 2])
    await fc.assert(
      fc.asyncProperty(arrays, arrays, twice, async (first, second, [inFirst = 1, inSecond = 1]) => {
        const [one, two] = [numbered(first, inFirst), numbered(second, inSecond)]
        const breaks = (one.length > 1 && inFirst > 1) || (two.length > 1 && inSecond > 1)
        const failure = await server.database
          .transaction((tx) => copyInTurn(tx, [loadOf('copied', COLUMNS, one), loadOf('copied_after', COLUMNS, two)]))
          .catch((error: unknown) => error)
        expect(failure === undefined ? undefined : codeOf(failure)).toBe(breaks ? '23505' : undefined)
        for (const [table, rows] of [['copied', one] as const, ['copied_after', two] as const]) {
          const { rows: numbers } = await server.database.query<{ no: number }>(`delete from ${table} returning no`)
          expect(numbers.map(({ no }) => no).sort((a, b) => a - b)).toEqual(breaks ? [] : rows.map(({ no }) => no))
        }
      }),
      { numRuns: 60 },
    )
  })
})

const numbered = (rows: readonly Omit<Row, 'no'>[], twice: number): readonly Row[] =>
  rows.map((one, at) => ({ ...one, no: Math.max(0, at - twice + 1) }))
