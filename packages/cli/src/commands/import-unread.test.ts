import { describe, expect, it } from 'vitest'
import { isUnread, unreadText } from './import-unread.ts'

const file = (state: string, code?: string) =>
  ({ event: 'file', name: 'a.xml', state, code, detail: 'line 3: broken' }) as const

describe('files that were not read', () => {
  it.each([
    ['failed', 'xml_not_well_formed', true],
    ['skipped', 'file_not_found', true],
    ['skipped', 'unknown_source', false],
    ['done_with_rejects', undefined, false],
    ['cancelled', undefined, false],
  ])('%s %s: %s', (state, code, unread) => expect(isUnread(file(state, code))).toBe(unread))

  it('are named with the reason, five of them at most', () => {
    const one = file('failed', 'bad_compression')
    expect(unreadText([one])).toBe(
      'not complete: 1 file was not read to its end\n  a.xml: bad_compression: line 3: broken',
    )
    expect(unreadText(Array(7).fill(one)).split('\n').at(-1)).toBe('  and 2 more, above')
    expect(unreadText([])).toContain('no file is of a source')
  })
})
