import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aRecord } from '../testing/a-record.ts'
import { aSmallWorld } from '../testing/worlds.ts'
import type { Member, WorkRole } from '../types.ts'
import { inverseOf, leadsToWork, RELATION_TO_WORK, workIdentifiers } from './work-identifiers.ts'

const ROLES = Object.keys(RELATION_TO_WORK) as readonly WorkRole[]

const told = (...members: readonly (readonly [WorkRole, readonly string[]])[]): readonly string[] =>
  workIdentifiers(members.map(([role, ids], at) => ({ role, record: aRecord({ id: `r${at}`, ids }) }))).map(
    ({ scheme, value, relation }) => `${relation} ${scheme}:${value}`,
  )

describe('what a member’s identifier is to the work', () => {
  test.each<readonly [WorkRole, string, string | null]>([
    ['primary', 'doi:10.5555/1', 'self'],
    ['primary', 'preprint_of doi:10.5555/1', 'preprint_of'],
    ['primary', 'part_of isbn:9780306406157', 'part_of'],
    ['duplicate', 'pmid:1', 'self'],
    ['duplicate', 'erratum_of doi:10.5555/1', 'erratum_of'],
    ['version', 'arxiv:1401.00001', 'has_version'],
    ['version', 'preprint_of doi:10.5555/1', 'has_version'],
    ['version', 'identical doi:10.5555/1', 'has_version'],
    ['version', 'has_supplement doi:10.5555/1', 'has_supplement'],
    ['part', 'doi:10.5555/1.c1', 'has_part'],
    ['part', 'version_of doi:10.5555/1.c1', 'has_part'],
    ['part', 'part_of doi:10.5555/1', null],
    ['erratum', 'doi:10.5555/1e', 'has_erratum'],
    ['erratum', 'erratum_of doi:10.5555/1', null],
    ['retraction', 'doi:10.5555/1r', 'has_retraction'],
    ['retraction', 'cites doi:10.5555/9', null],
  ])('%s, %s: %s', (role, id, relation) => {
    expect(told([role, [id]])).toEqual(relation === null ? [] : [`${relation} ${id.split(' ').at(-1)}`])
  })

  test('each is there once, with what says most: its own before what another says of it', () => {
    expect(
      told(
        ['primary', ['doi:10.5555/1', 'has_preprint doi:10.1101/2', 'cites doi:10.5555/3']],
        ['version', ['doi:10.1101/2', 'preprint_of doi:10.5555/1']],
        ['part', ['doi:10.5555/3']],
      ),
    ).toEqual(['has_version doi:10.1101/2', 'self doi:10.5555/1', 'has_part doi:10.5555/3'])
  })

  test('names the members that say so', () => {
    const [article, copy] = [aRecord({ id: 'a', ids: ['pmid:7'] }), aRecord({ id: 'b', ids: ['pmid:7'] })]
    const preprint = aRecord({ id: 'p', ids: ['version_of pmid:7'] })
    const [pmid] = workIdentifiers([
      { record: preprint, role: 'version' },
      { record: copy, role: 'duplicate' },
      { record: article, role: 'primary' },
    ])
    expect(pmid?.recordIds).toEqual([article.recordId, copy.recordId].sort())
  })

  test('the order of the members does not matter, and nothing a primary record calls its own is less than its own', () => {
    const members = fc.tuple(aSmallWorld, fc.array(fc.constantFrom(...ROLES), { minLength: 12, maxLength: 12 }))
    const shuffled = members.chain(([records, roles]) => {
      const all = records.map((record, at): Member => ({ record, role: roles[at] ?? 'duplicate' }))
      return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
    })
    fc.assert(
      fc.property(shuffled, ([ordered, mixed]) => {
        const found = workIdentifiers(ordered)
        expect(workIdentifiers(mixed)).toEqual(found)
        expect(new Set(found.map(({ scheme, value }) => `${scheme}:${value}`)).size).toBe(found.length)
        for (const { record, role } of ordered)
          for (const { scheme, value, relation } of record.identifiers)
            if (role === 'primary' && relation === 'self')
              expect(found.find((one) => one.scheme === scheme && one.value === value)?.relation).toBe('self')
      }),
    )
  })
})

test('what leads to a work: not its journal, not what it cites', () => {
  const leads = (relation: string, scheme = 'doi'): boolean => leadsToWork({ scheme, value: 'x', relation })
  expect(['self', 'has_version', 'preprint_of', 'part_of', 'retraction_of'].map((relation) => leads(relation))).toEqual(
    Array.from({ length: 5 }, () => true),
  )
  expect([leads('cites'), leads('cited_by'), leads('is_derived_from'), leads('part_of', 'issn')]).toEqual(
    Array.from({ length: 4 }, () => false),
  )
})

test('a relation read from the other side, twice, is itself', () => {
  for (const relation of ['self', 'has_version', 'preprint_of', 'has_part', 'erratum_of', 'has_retraction', 'reply_to'])
    expect(inverseOf(inverseOf(relation) ?? '')).toBe(relation)
  expect([inverseOf('erratum_of'), inverseOf('part_of'), inverseOf('cites')]).toEqual([
    'has_erratum',
    'has_part',
    undefined,
  ])
})
