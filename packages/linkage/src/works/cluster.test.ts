import { workIdOf } from '@atlas/identifiers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aRecord, type RecordSketch } from '../testing/a-record.ts'
import { aConstrainedWorld } from '../testing/worlds.ts'
import type { Constraint, LinkageRecord, WorkState } from '../types.ts'
import { clusterWorks, successorOf } from './cluster.ts'
import { indexKeysFor } from './fingerprints.ts'

const cluster = (records: readonly LinkageRecord[], constraints: readonly Constraint[] = []): readonly WorkState[] =>
  clusterWorks({ records, constraints })

/** The sets of sourceIds, readable. */
const shape = (works: readonly WorkState[]): readonly string[] =>
  works
    .map(({ members }) =>
      members
        .map(({ sourceId }) => sourceId)
        .sort()
        .join('+'),
    )
    .sort()

const must = (a: LinkageRecord, b: LinkageRecord): Constraint => ({
  recordA: a.recordId,
  recordB: b.recordId,
  kind: 'must',
  actId: 'm',
})
const cannot = (a: LinkageRecord, b: LinkageRecord): Constraint => ({ ...must(a, b), kind: 'cannot', actId: 'c' })
const doi = (id: string, value: string, more: RecordSketch = {}): LinkageRecord =>
  aRecord({ id, ids: [`doi:${value}`], ...more })

describe('works', () => {
  test('A and B with one DOI, C with another title give A+B, C', () => {
    const records = [
      doi('A', '10.5555/1'),
      doi('B', '10.5555/1'),
      aRecord({ id: 'C', title: 'Whale song in the winters of the strait' }),
    ]
    expect(shape(cluster(records))).toEqual(['A+B', 'C'])
  })

  test('the id is made of the smallest live member', () => {
    const records = [doi('A', '10.5555/1'), doi('B', '10.5555/1')]
    const [smallest = ''] = records.map(({ recordId }) => recordId).sort()
    expect(cluster(records)[0]?.workId).toBe(workIdOf(smallest))
  })

  test('B without DOI goes to one of A and C with different DOIs, and never joins them', () => {
    const works = cluster([doi('A', '10.5555/1'), aRecord({ id: 'B' }), doi('C', '10.5555/2')])
    expect(works).toHaveLength(2)
    expect(works.flatMap(({ heldApart }) => heldApart)).not.toEqual([])
  })

  test('a cannot-link splits A+B and outranks a must-link and a shared DOI', () => {
    const [a, b] = [doi('A', '10.5555/1'), doi('B', '10.5555/1')]
    expect(shape(cluster([a, b], [cannot(a, b)]))).toEqual(['A', 'B'])
    expect(shape(cluster([a, b], [must(a, b), cannot(b, a)]))).toEqual(['A', 'B'])
  })

  test('a must-link joins what no rule would, and the next record of either still finds its place', () => {
    const article = doi('A', '10.5555/1')
    const erratum = aRecord({ id: 'E', title: 'Erratum: On the measurement of tidal currents', ids: ['doi:10.5555/9'] })
    const joined = cluster([article, erratum, doi('B', '10.5555/1')], [must(article, erratum)])
    expect(shape(joined)).toEqual(['A+B+E'])
    expect(joined[0]?.members.find(({ sourceId }) => sourceId === 'E')?.role).toBe('erratum')
    expect(joined[0]?.members.map(({ role }) => role)).toEqual(['primary', 'duplicate', 'erratum'])
  })

  test('a role that a person named holds, whatever the precedence of the source', () => {
    const hal = doi('A', '10.5555/1', { source: 'hal' })
    const crossref = doi('P', '10.5555/2', { source: 'crossref', title: 'Sea otters' })
    const [work] = cluster(
      [hal, crossref],
      [{ ...must(hal, crossref), role: { recordId: crossref.recordId, role: 'part' } }],
    )
    expect(work?.members.map(({ sourceId, role }) => `${sourceId} ${role}`)).toEqual(['A primary', 'P part'])
    expect(work?.canonical.doi).toBe('10.5555/1')
  })

  test('a preprint and its article are one work, the article primary', () => {
    const preprint = aRecord({ id: 'P', source: 'arxiv', type: 'preprint', year: 2014, ids: ['arxiv:1401.00001'] })
    const article = doi('A', '10.5555/1', { source: 'crossref', year: 2016 })
    const [work] = cluster([preprint, article])
    expect(work?.members.map(({ sourceId, role, reason }) => [sourceId, role, reason])).toEqual([
      ['A', 'primary', 'founder'],
      ['P', 'version', 'preprint-article'],
    ])
    expect(work?.canonical).toMatchObject({ type: 'article', published: { year: 2016 }, doi: '10.5555/1' })
  })

  test('two preprints of one article do not hold each other off', () => {
    const of = (id: string, ids: readonly string[]): LinkageRecord => aRecord({ id, type: 'preprint', ids })
    const records = [of('P', ['doi:10.1101/1']), of('Q', ['doi:10.31219/osf.io/2']), doi('A', '10.5555/1')]
    expect(shape(cluster(records))).toEqual(['A+P+Q'])
  })

  test('a deleted record is a member of nothing; a suppressed one is alone, without slots, and links nobody', () => {
    const [a, b] = [doi('A', '10.5555/1'), doi('B', '10.5555/1')]
    expect(shape(cluster([a, { ...b, deleted: true }]))).toEqual(['A'])
    const works = cluster([a, { ...b, suppressed: true }], [must(a, b)])
    expect(shape(works)).toEqual(['A', 'B'])
    expect(works.find(({ flags }) => flags.includes('suppressed'))?.slots).toEqual([])
  })

  test('the newest version of a record speaks', () => {
    const works = cluster([doi('A', '10.5555/1', { version: 2, title: 'Sea otters' }), doi('A', '10.5555/1')])
    expect(works.map(({ canonical }) => canonical.title)).toEqual(['Sea otters'])
  })

  test('an id without members redirects to the work of the smallest former member', () => {
    const [a, b] = [doi('A', '10.5555/1'), doi('B', '10.5555/1')]
    const works = cluster([a, b])
    expect(successorOf([a.recordId, b.recordId], works)).toBe(works[0]?.workId)
    expect(successorOf(['gone'], works)).toBeNull()
  })
})

describe('whatever the order', () => {
  test('shuffled records and constraints give the same works', () => {
    const shuffled = aConstrainedWorld.chain((world) =>
      fc.record({
        world: fc.constant(world),
        records: fc.shuffledSubarray([...world.records], { minLength: world.records.length }),
        constraints: fc.shuffledSubarray([...world.constraints], { minLength: world.constraints.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ world, records, constraints }) => {
        expect(cluster(records, constraints)).toEqual(cluster(world.records, world.constraints))
      }),
      { numRuns: 300 },
    )
  })

  test('records one at a time, each with what it touches, give what all at once give', () => {
    fc.assert(
      fc.property(aConstrainedWorld, ({ records, constraints }) => {
        expect(oneAtATime(records, constraints)).toEqual(cluster(records, constraints))
      }),
      { numRuns: 300 },
    )
  })

  test('every live record is in exactly one work, and no cannot-link is inside one', () => {
    fc.assert(
      fc.property(aConstrainedWorld, ({ records, constraints }) => {
        const works = cluster(records, constraints)
        const members = works.flatMap((work) => work.members.map(({ recordId }) => recordId))
        expect([...members].sort()).toEqual(
          records
            .filter(({ deleted }) => !deleted)
            .map(({ recordId }) => recordId)
            .sort(),
        )
        for (const { members: inside } of works) {
          const ids = new Set(inside.map(({ recordId }) => recordId))
          expect(
            constraints.some(({ kind, recordA, recordB }) => kind === 'cannot' && ids.has(recordA) && ids.has(recordB)),
          ).toBe(false)
          expect(inside.filter(({ role }) => role === 'primary')).toHaveLength(1)
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** As the matcher does it: a store of records and works, and for each arrival the closure of `ClusterInput.records`. */
function oneAtATime(records: readonly LinkageRecord[], constraints: readonly Constraint[]): readonly WorkState[] {
  const stored = new Map<string, LinkageRecord>()
  let works: readonly WorkState[] = []
  for (const record of records) {
    stored.set(record.recordId, record)
    const around = neighbourhood(record, stored, works, constraints)
    const touched = clusterWorks({ records: [...around].flatMap((id) => stored.get(id) ?? []), constraints })
    const untouched = works.filter(({ members }) => !members.some(({ recordId }) => around.has(recordId)))
    works = [...untouched, ...touched]
  }
  return works.toSorted((a, b) => (a.workId < b.workId ? -1 : 1))
}

function neighbourhood(
  record: LinkageRecord,
  stored: ReadonlyMap<string, LinkageRecord>,
  works: readonly WorkState[],
  constraints: readonly Constraint[],
): ReadonlySet<string> {
  const keys = new Set(indexKeysFor(record).sought)
  const around = new Set([record.recordId])
  for (const other of stored.values()) {
    if (indexKeysFor(other).stored.some((key) => keys.has(key))) around.add(other.recordId)
  }
  for (let before = 0; before !== around.size; ) {
    before = around.size
    for (const { members, heldApart } of works) {
      if (!members.some(({ recordId }) => around.has(recordId)) && !heldApart.some((id) => around.has(id))) continue
      for (const id of [...members.map(({ recordId }) => recordId), ...heldApart]) around.add(id)
    }
    for (const { recordA, recordB } of constraints) {
      if (around.has(recordA) || around.has(recordB)) {
        around.add(recordA)
        around.add(recordB)
      }
    }
  }
  return around
}
