import { describe, expect, it } from 'vitest'
import { positionAfter } from './accept.ts'

describe('where an accepted partition goes on', () => {
  it.each([
    { code: 'offset_gap', found: '9', low: 0n, to: 9n },
    { code: 'offset_gap', found: '9', low: 20n, to: 20n },
    { code: 'offset_regressed', found: '2', low: 0n, to: 0n },
    { code: 'too_many_poison', found: undefined, low: 0n, to: 5n },
    { code: 'schema_id_changed', found: undefined, low: 3n, to: 5n },
  ])('$code, log from $low: $to', ({ code, found, low, to }) => {
    const halted = { code, detail: '', ...(found === undefined ? {} : { found }) }
    const progress = { nextOffset: 5n, lastEventId: undefined, attempts: 0, careful: false, halted }
    expect(positionAfter(progress, low)).toBe(to)
  })
})
