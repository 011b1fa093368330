import { describe, expect, it } from 'vitest'
import { decodeHeaders } from './headers.ts'

describe('M26 headers as they come', () => {
  it.each([
    { given: { 'Event-Id': Buffer.from('x') }, fault: undefined },
    { given: { a: [Buffer.from('x'), Buffer.from('x')] }, fault: undefined },
    { given: { a: [Buffer.from('x'), Buffer.from('y')] }, fault: 'came twice' },
    { given: { a: null }, fault: 'is null' },
    { given: { a: Buffer.from([0xff, 0xfe]) }, fault: 'no text' },
    { given: { a: Buffer.alloc(9_000, 97) }, fault: 'bytes of headers' },
    {
      given: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`h${i}`, Buffer.from('x')])),
      fault: '33 headers',
    },
    { given: Object.fromEntries(Array.from({ length: 32 }, (_, i) => [`h${i}`, Buffer.from('x')])), fault: undefined },
  ])('%#: $fault', ({ given, fault }) => {
    const decoded = decodeHeaders(given)
    if (fault === undefined) expect(decoded.fault).toBeUndefined()
    else expect(decoded.fault).toContain(fault)
  })

  it('gives names in lower case', () => {
    expect([...decodeHeaders({ 'Event-Id': 'x' }).headers]).toEqual([['event-id', 'x']])
  })
})
