import { describe, expect, test } from 'vitest'
import { aRecord } from '../testing/a-record.ts'
import { clusterWorks } from './cluster.ts'
import { prepareRecord } from './prepare.ts'
import { SHIPPED_RULES, variedRules } from './rule-set.ts'
import { parseVariation } from './rule-variation.ts'
import { verdictOf } from './verdict.ts'

const [a, b] = [aRecord({ id: 'A' }), aRecord({ id: 'B' })]
const said = (rules = SHIPPED_RULES) => verdictOf(prepareRecord(a), prepareRecord(b), rules)
const strict = parseVariation({ name: 'strict', statuses: { 'same-title-authors': 'ambiguous' } })

describe('a rule set', () => {
  test('as shipped is named after its table', () => {
    expect(SHIPPED_RULES.version).toMatch(/^works\/\d+-[0-9a-f]{8}$/)
    expect(SHIPPED_RULES.base).toBe(SHIPPED_RULES.version)
    expect(said()).toMatchObject({ status: 'strong', reason: 'same-title-authors' })
  })

  test('says another status where it wants one, and works follow', () => {
    const rules = variedRules(strict)
    expect(said(rules)).toMatchObject({ status: 'ambiguous', reason: 'same-title-authors' })
    expect(clusterWorks({ records: [a, b], constraints: [] })).toHaveLength(1)
    expect(clusterWorks({ records: [a, b], constraints: [], rules })).toHaveLength(2)
  })

  test('without a rule goes on to the next that holds', () => {
    const rules = variedRules(parseVariation({ name: 'less', disable: ['same-title-authors'] }))
    expect(said(rules)).toMatchObject({ status: 'strong', reason: 'like-title-authors' })
    expect(rules.rules).toHaveLength(SHIPPED_RULES.rules.length - 1)
  })

  test('that does the same under one name is one; that does something else is another', () => {
    const version = (value: unknown) => variedRules(parseVariation(value)).version
    const disable = ['same-title-authors', 'short-title']
    expect(version({ name: 'less', disable })).toBe(version({ name: 'less', disable: disable.toReversed() }))
    expect(version({ name: 'less', disable })).not.toBe(version({ name: 'less', disable: ['short-title'] }))
    expect(version({ name: 'less', disable })).toMatch(/^works\/\d+-[0-9a-f]{8}\+less-[0-9a-f]{8}$/)
    const last = SHIPPED_RULES.rules.at(-1)?.reason ?? ''
    expect(version({ name: 'x', statuses: { [last]: 'weak' } })).not.toBe(
      version({ name: 'x', statuses: { [last]: 'strong' } }),
    )
  })
})

const last = SHIPPED_RULES.rules.at(-1)?.reason ?? ''
test.each([
  [null, 'a rule set is an object'],
  [[], 'a rule set is an object'],
  [{ name: 'Strict', disable: ['short-title'] }, 'the name "Strict" is not'],
  [{ disable: ['short-title'] }, 'the name undefined is not'],
  [{ name: 'strict' }, 'changes nothing'],
  [{ name: 'strict', demote: {} }, 'has no "demote"'],
  [{ name: 'strict', disable: 'short-title' }, '"disable" is a list'],
  [{ name: 'strict', disable: [1] }, '"disable" is a list'],
  [{ name: 'strict', statuses: ['weak'] }, '"statuses" says'],
  [{ name: 'strict', statuses: { 'short-title': 'strng' } }, 'the status "strng" of "short-title"'],
  [{ name: 'strict', disable: ['short-titel'] }, 'no rule "short-titel"'],
  [{ name: 'strict', statuses: { 'short-titel': 'weak' } }, 'no rule "short-titel"'],
  [{ name: 'strict', disable: [last] }, `the rule "${last}" is what remains`],
  [{ name: 'strict', disable: ['short-title'], statuses: { 'short-title': 'strong' } }, 'at once'],
  [{ name: 'strict', statuses: { 'notice-differs': 'strong' } }, 'holds two records apart'],
])('%j: %s', (value, message) => {
  expect(() => variedRules(parseVariation(value))).toThrow(message)
})
