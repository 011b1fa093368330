import { describe, expect, it } from 'vitest'
import { parseFrame, writeFrame } from './frame.ts'

describe('a frame', () => {
  it.each<[string, Buffer | null, string, RegExp]>([
    ['no value', null, 'null_value', /no value/],
    ['0 bytes', Buffer.alloc(0), 'frame_too_short', /0 bytes/],
    ['1 byte', Buffer.of(0), 'frame_too_short', /1 bytes/],
    ['4 bytes', Buffer.of(0, 0, 0, 1), 'frame_too_short', /4 bytes/],
    ['magic 1', Buffer.of(1, 0, 0, 0, 1, 0), 'bad_magic', /0x01/],
    ['an object', Buffer.from('{"a":1}'), 'bad_magic', /plain JSON/],
    ['a list', Buffer.from('[1,2,3]'), 'bad_magic', /plain JSON/],
    ['gzip', Buffer.from('1f8b08000000', 'hex'), 'bad_magic', /gzip/],
  ])('%s is refused', (_name, value, code, detail) => {
    expect(parseFrame(value)).toMatchObject({ ok: false, code, detail: expect.stringMatching(detail) })
  })

  it.each([1, 77, 2 ** 31 - 1])('carries id %i', (id) => {
    const bytes = Buffer.alloc(6)
    writeFrame(bytes, id)
    expect(parseFrame(bytes)).toEqual({ ok: true, id })
  })
})
