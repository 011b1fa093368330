import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDeliveryDatabase, type TestDatabase } from '../testing/servers.ts'
import { jsonRows } from './json-rows.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await aDeliveryDatabase(inject('stack').postgres)
})
afterAll(() => server[Symbol.asyncDispose]())

interface Row {
  readonly id: number
  readonly name: string | null
  readonly tags: readonly string[]
  readonly content: unknown
}

async function sentAndRead(rows: readonly Row[]): Promise<readonly Row[]> {
  const read = await server.database.query<Row>(
    'select id, name, tags, content from json_to_recordset($1) as t(id int, name text, tags text[], content json)',
    [jsonRows(rows)],
  )
  return read.rows
}

// No U+0000 and no halves of characters: a text cannot hold them.
const text = fc.string({ unit: 'grapheme' }).filter((value) => value.isWellFormed() && !value.includes('\0'))
const row: fc.Arbitrary<Row> = fc.record({
  id: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  name: fc.option(text),
  tags: fc.array(text, { maxLength: 3 }),
  content: fc.oneof(fc.integer(), fc.boolean(), text, fc.dictionary(text, text, { noNullPrototype: true })),
})

describe('rows as one JSON parameter', () => {
  it('are what was sent, in order, however many and in whatever script', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        expect(await sentAndRead(rows)).toEqual(rows)
      }),
      { numRuns: 200 },
    )
  })

  it('are what was sent where they outgrow the room in which they are written, and after it', async () => {
    const wide = (id: number, kilobytes: number): Row => {
      return { id, name: '漢'.repeat(kilobytes * 341), tags: [], content: { of: id } }
    }
    const few = [wide(1, 1)]
    for (const rows of [few, [wide(1, 700), wide(2, 1)], Array.from({ length: 60 }, (_, id) => wide(id, 100)), few])
      expect(await sentAndRead(rows)).toEqual(rows)
  })

  it('may be two parameters of one statement, beside statements of other connections', async () => {
    const joined = async (n: number) => {
      const rows = Array.from({ length: 50 }, (_, id) => ({ id, name: `${n}-${id}` }))
      const read = await server.database.query<{ id: number; one: string; other: string }>(
        `select id, a.name as one, b.name as other
           from json_to_recordset($1) as a(id int, name text) join json_to_recordset($2) as b(id int, name text) using (id)
          order by id`,
        [jsonRows(rows), jsonRows(rows.map(({ id, name }) => ({ id, name: `other ${name}` })))],
      )
      expect(read.rows).toEqual(rows.map(({ id, name }) => ({ id, one: name, other: `other ${name}` })))
    }
    await Promise.all(Array.from({ length: 8 }, (_, n) => joined(n)))
  })

  it('cannot hold what JSON cannot, and the connection lives on', async () => {
    const endless: { self?: unknown } = {}
    endless.self = endless
    await server.database.transaction(async (tx) => {
      await expect(tx.query('select json_array_length($1)', [jsonRows([endless])])).rejects.toThrow(/circular/i)
      const { rows } = await tx.query<{ n: number }>('select json_array_length($1) as n', [jsonRows([{}, {}])])
      expect(rows).toEqual([{ n: 2 }])
    })
  })
})
