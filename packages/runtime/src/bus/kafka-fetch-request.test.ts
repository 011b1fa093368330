import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeFetch, type LibraryFetch } from './kafka-fetch-request.ts'
import { prepareLibrary } from './kafka-library.ts'
import type { LibraryEncoder } from './library-encoder.ts'

type Request = (fetch: LibraryFetch) => { readonly apiName: string; encode(): Promise<LibraryEncoder> }

const require = createRequire(import.meta.url)
const path = require.resolve('kafkajs/src/protocol/requests/fetch/v11/request')
const original: Request = require(path)

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const fetch: fc.Arbitrary<LibraryFetch> = fc.record(
  {
    replicaId: int32,
    maxWaitTime: int32,
    minBytes: int32,
    maxBytes: int32,
    isolationLevel: fc.constantFrom(0, 1),
    rackId: fc.string({ unit: 'grapheme', maxLength: 8 }),
    topics: fc.array(
      fc.record({
        topic: fc.string({ unit: 'grapheme', maxLength: 30 }),
        partitions: fc.array(
          fc.record({ partition: int32, fetchOffset: fc.nat({ max: 2 ** 50 }).map(String), maxBytes: int32 }),
        ),
      }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['replicaId', 'maxWaitTime', 'minBytes', 'maxBytes', 'topics'] },
)

it('asks with the very bytes that the library asks with', async () => {
  await fc.assert(
    fc.asyncProperty(fetch, async (one) => {
      expect(encodeFetch(one).buffer.equals((await original(one).encode()).buffer)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

it('stands in the place of the library’s own', async () => {
  prepareLibrary()
  const mended: Request = require(path)
  expect(mended).not.toBe(original)
  const asked = mended({ replicaId: -1, maxWaitTime: 5, minBytes: 1, maxBytes: 9, topics: [] })
  expect(asked.apiName).toBe('Fetch')
  expect((await asked.encode()).buffer).toHaveLength(35)
})
