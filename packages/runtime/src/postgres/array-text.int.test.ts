import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { aDeliveryDatabase, type TestDatabase } from '../testing/servers.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await aDeliveryDatabase(inject('stack').postgres)
})
afterAll(() => server[Symbol.asyncDispose]())

async function echoed<T>(type: string, items: readonly T[]): Promise<unknown> {
  const { rows } = await server.database.query<{ items: unknown }>(`select $1::${type}[] as items`, [items])
  return rows[0]?.items
}

// No U+0000 and no halves of characters: a text cannot hold them.
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', '\\', ',', '{', '}', ' ', '\n', 'NULL') }),
  )
  .map((one) => one.replaceAll('\0', '').toWellFormed())
const nullable = <T>(value: fc.Arbitrary<T>) => fc.array(fc.option(value, { freq: 5 }), { maxLength: 30 })

it.each([
  ['text', nullable(text)],
  ['varchar', nullable(text)],
  ['uuid', nullable(fc.uuid())],
  ['int2', nullable(fc.integer({ min: -32_768, max: 32_767 }))],
  ['int4', nullable(fc.integer())],
  ['int8', nullable(fc.maxSafeInteger())],
  ['float4', nullable(fc.float({ noDefaultInfinity: false }).map((one) => (Object.is(one, -0) ? 0 : one)))],
  ['float8', nullable(fc.double().map((one) => (Object.is(one, -0) ? 0 : one)))],
  ['bool', nullable(fc.boolean())],
] as const)('an array of %s comes back as it was sent', async (type, items: fc.Arbitrary<readonly unknown[]>) => {
  await fc.assert(
    fc.asyncProperty(items, async (sent) => {
      const received = await echoed(type, sent)
      expect(type === 'float4' ? asFloats(received) : received).toEqual(type === 'float4' ? asFloats(sent) : sent)
    }),
    { numRuns: 60 },
  )
})

const asFloats = (items: unknown) =>
  (items as readonly (number | null)[]).map((one) => (one === null ? null : Math.fround(one)))

it('arrays of arrays, and of bytes, are still the driver’s', async () => {
  const sent = [
    ['a', 'b "c"'],
    ['d', null],
  ]
  expect(await echoed('text', sent)).toEqual(sent)
  expect(await echoed('bytea', [Buffer.from('ä'), null])).toEqual([Buffer.from('ä'), null])
})

it('a bigint beyond what a number can hold is an error, alone and in an array', async () => {
  await expect(server.database.query(`select '{1,9007199254740993}'::int8[]`)).rejects.toThrow('beyond 2^53')
})
