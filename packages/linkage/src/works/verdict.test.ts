import { describe, expect, test } from 'vitest'
import { readCases, recordOfCell } from '../testing/cases.ts'
import { fingerprintsFor } from './fingerprints.ts'
import { RULES } from './rules.ts'
import { isAccepted, verdict } from './verdict.ts'

const rows = readCases(new URL('pairs.csv', import.meta.url)).map(([a = '', b = '', status = '', reason = '']) => ({
  a,
  b,
  status,
  reason,
}))

describe('a pair of records', () => {
  test.each(rows)('$reason: $a · $b', ({ a, b, status, reason }) => {
    const [left, right] = [recordOfCell(a, 'left'), recordOfCell(b, 'right')]
    expect(verdict(left, right)).toMatchObject({ status, reason })
    expect(verdict(right, left)).toEqual(verdict(left, right))
  })

  test('every accepted pair shares a blocking key', () => {
    const lost = rows.filter(({ a, b }) => {
      const [left, right] = [recordOfCell(a, 'left'), recordOfCell(b, 'right')]
      const keys = new Set(fingerprintsFor(left).map(({ key }) => key))
      return isAccepted(verdict(left, right)) && !fingerprintsFor(right).some(({ key }) => keys.has(key))
    })
    expect(lost).toEqual([])
  })

  test('the table has a row for every rule that links', () => {
    const shown = new Set(rows.map(({ reason }) => reason))
    const linking = RULES.filter(({ status }) => status === 'exact' || status === 'strong')
    expect(linking.map(({ reason }) => reason).filter((reason) => !shown.has(reason))).toEqual([])
  })
})
