import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCases, recordOfCell } from '../testing/cases.ts'
import { aSmallWorld } from '../testing/worlds.ts'
import type { LinkageRecord } from '../types.ts'
import { fingerprintsFor, indexKeysFor } from './fingerprints.ts'
import { RULES } from './rules.ts'
import { isAccepted, verdict } from './verdict.ts'

const rows = readCases(new URL('pairs.csv', import.meta.url)).map(([a = '', b = '', status = '', reason = '']) => ({
  a,
  b,
  status,
  reason,
}))

const finds = (left: LinkageRecord, right: LinkageRecord): boolean => {
  const stored = new Set(indexKeysFor(right).stored)
  return indexKeysFor(left).sought.some((key) => stored.has(key))
}
const sharesKey = (left: LinkageRecord, right: LinkageRecord): boolean => {
  const keys = new Set(fingerprintsFor(left).map(({ key }) => key))
  return fingerprintsFor(right).some(({ key }) => keys.has(key))
}

describe('a pair of records', () => {
  test.each(rows)('$reason: $a · $b', ({ a, b, status, reason }) => {
    const [left, right] = [recordOfCell(a, 'left'), recordOfCell(b, 'right')]
    expect(verdict(left, right)).toMatchObject({ status, reason })
    expect(verdict(right, left)).toEqual(verdict(left, right))
  })

  test('every accepted pair shares a blocking key', () => {
    const lost = rows.filter(({ a, b }) => {
      const [left, right] = [recordOfCell(a, 'left'), recordOfCell(b, 'right')]
      return isAccepted(verdict(left, right)) && !(finds(left, right) && finds(right, left))
    })
    expect(lost).toEqual([])
  })

  test('an index by other keys than all of them loses no link', () => {
    fc.assert(
      fc.property(aSmallWorld, (records) => {
        for (const left of records)
          for (const right of records) {
            if (left === right || !sharesKey(left, right) || !isAccepted(verdict(left, right))) continue
            expect(finds(left, right)).toBe(true)
          }
      }),
      { numRuns: 500 },
    )
  })

  test('the table has a row for every rule that links', () => {
    const shown = new Set(rows.map(({ reason }) => reason))
    const linking = RULES.filter(({ status }) => status === 'exact' || status === 'strong')
    expect(linking.map(({ reason }) => reason).filter((reason) => !shown.has(reason))).toEqual([])
  })
})
