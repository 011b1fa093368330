import { describe, expect, it } from 'vitest'
import { partitionOf } from '../bus/partition.ts'
import { aNote, messageOfNote, uuidOf } from '../testing/notes.ts'
import type { RawMessage } from './contract.ts'
import { BODY_RULES, FRAME_RULES, firstFault, identityOf } from './frame-rules.ts'

const CONTEXT = { env: 'test', partitions: 4, types: ['note'] }

function aRaw(changes: Partial<RawMessage> & { readonly with?: Record<string, string | undefined> } = {}): RawMessage {
  const { with: given = {}, ...rest } = changes
  const message = messageOfNote(aNote('k1', 3))
  const headers = new Map(Object.entries(message.headers))
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  const { key, value } = message
  return { topic: 'notes', partition: partitionOf('k1', 4), offset: 0n, key, value, headers, timestampMs: 0, ...rest }
}

describe('the frame of a message', () => {
  it.each<[string, RawMessage, string | undefined]>([
    ['as it should be', aRaw(), undefined],
    ['M27 upper case event id', aRaw({ with: { 'event-id': uuidOf('x').toUpperCase() } }), undefined],
    ['M44 no produced-at', aRaw({ with: { 'produced-at': undefined } }), undefined],
    ['M01 null', aRaw({ value: null }), 'null_value'],
    ['M02 empty', aRaw({ value: Buffer.alloc(0) }), 'frame_too_short'],
    ['M02 four bytes', aRaw({ value: Buffer.alloc(4) }), 'frame_too_short'],
    ['M03 magic 1', aRaw({ value: Buffer.from([1, 0, 0, 0, 1, 0]) }), 'bad_magic'],
    ['M03 JSON', aRaw({ value: Buffer.from('{"a":1}') }), 'bad_magic'],
    ['M03 gzip', aRaw({ value: Buffer.from([0x1f, 0x8b, 0, 0, 0, 0]) }), 'bad_magic'],
    ['M26 headers', aRaw({ headerFault: 'too many' }), 'bad_headers'],
    ['M27 no event id', aRaw({ with: { 'event-id': undefined } }), 'bad_event_id'],
    ['M27 no UUID', aRaw({ with: { 'event-id': 'x' } }), 'bad_event_id'],
    ['M32 null key', aRaw({ key: null }), 'bad_key'],
    ['M32 empty key', aRaw({ key: '' }), 'bad_key'],
    ['M33 partition', aRaw({ partition: (partitionOf('k1', 4) + 1) % 4 }), 'wrong_partition'],
    ['M36 revision 0', aRaw({ with: { revision: '0' } }), 'bad_version'],
    ['M36 revision -1', aRaw({ with: { revision: '-1' } }), 'bad_version'],
    ['M36 revision 2^53', aRaw({ with: { revision: String(2 ** 53) } }), 'bad_version'],
    ['M36 no revision', aRaw({ with: { revision: undefined } }), 'bad_version'],
    ['M45 env', aRaw({ with: { env: 'staging' } }), 'wrong_environment'],
    ['M45 no env', aRaw({ with: { env: undefined } }), 'wrong_environment'],
    ['M46 type', aRaw({ with: { type: 'other' } }), 'unknown_type'],
  ])('%s', (_, raw, code) => {
    expect(firstFault(FRAME_RULES, raw, CONTEXT)?.code).toBe(code)
  })

  it('guesses what a foreign value is', () => {
    const json = firstFault(FRAME_RULES, aRaw({ value: Buffer.from('{"a":1}') }), CONTEXT)
    expect(json?.detail).toContain('plain JSON')
  })

  it('takes any type where none is named', () => {
    expect(firstFault(FRAME_RULES, aRaw({ with: { type: 'x' } }), { ...CONTEXT, types: undefined })).toBeUndefined()
  })

  it.each([
    ['agrees', {}, undefined],
    ['M28 event id', { eventId: uuidOf('other') }, 'event_id_mismatch'],
    ['M32 key', { key: 'k2' }, 'bad_key'],
    ['revision', { revision: 4 }, 'bad_version'],
    ['M47 type', { type: 'other' }, 'type_mismatch'],
    ['M47 same type', { type: 'note' }, undefined],
  ])('the body %s', (_, changes, code) => {
    const { eventId, key, revision } = aNote('k1', 3)
    const body = { raw: aRaw(), described: { eventId, key, revision, ...changes } }
    expect(firstFault(BODY_RULES, body, CONTEXT)?.code).toBe(code)
  })

  it('only what tells of a foreign producer or a changed topic raises an alarm', () => {
    const alarming = FRAME_RULES.filter(({ alarm }) => alarm).map(({ code }) => code)
    expect(alarming).toEqual(['wrong_environment', 'wrong_partition'])
  })

  it('an identity is the event id, or a hash of all there is', () => {
    expect(identityOf(aRaw())).toBe(uuidOf('k1#3'))
    const without = aRaw({ with: { 'event-id': undefined } })
    expect(identityOf(without)).toMatch(/^sha256:/)
    expect(identityOf({ ...without, key: 'other' })).not.toBe(identityOf(without))
  })
})
