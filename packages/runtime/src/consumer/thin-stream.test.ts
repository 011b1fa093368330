import { expect, it } from 'vitest'
import { isThinStream } from './thin-stream.ts'

const messages = (count: number, bytes = 1_000) =>
  Array.from({ length: count }, () => ({ value: Buffer.alloc(bytes) as Buffer | null }))

it.each([
  ['a few are an answer', 15, 1_000, false],
  ['more are a stream', 16, 1_000, true],
  ['just below half of a transaction', 99, 1_000, true],
  ['half of a transaction is worth one', 100, 1_000, false],
  ['as much as a fetch brings is a backlog', 40, 8_000, false],
])('%s', (_, count, bytes, thin) => expect(isThinStream(messages(count, bytes), 200)).toBe(thin))

it('a null value has no bytes', () => expect(isThinStream([...messages(15, 0), { value: null }], 200)).toBe(true))
