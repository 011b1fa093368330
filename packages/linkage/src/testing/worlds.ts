import fc from 'fast-check'
import type { Constraint, LinkageRecord } from '../types.ts'
import { aRecord } from './a-record.ts'

const TITLES = [
  'Drift of plastic in northern estuaries',
  'Drift of plastic in northern estuaries. Part II',
  'Drift of plastic in northern estuaries: ten years of buoys',
  'Erratum: Drift of plastic in northern estuaries',
  'Whale song in the winters of the strait',
  'Sea otters',
  'Editorial',
] as const
const PEOPLE = ['Ines Falk', 'I. Falk', 'Bo Lind', 'Cem Uzun', 'Wei Wang', 'Wang Wei', 'W. Wang', 'Jing Wang'] as const
const DOIS = ['doi:10.5555/a', 'doi:10.5555/b', 'doi:10.1101/c', 'preprint_of doi:10.5555/a', 'pmid:77'] as const

/** Few titles, people and identifiers, so that records collide in every way the rules know. */
export const aSmallWorld: fc.Arbitrary<readonly LinkageRecord[]> = fc
  .array(
    fc.record({
      title: fc.constantFrom(...TITLES),
      by: fc.subarray([...PEOPLE], { maxLength: 4 }),
      year: fc.constantFrom(2016, 2018, 2019),
      type: fc.constantFrom('article', 'article', 'preprint', 'dataset', 'book'),
      ids: fc.subarray([...DOIS], { maxLength: 2 }),
      page: fc.constantFrom(null, '1', '55'),
      source: fc.constantFrom('crossref', 'openalex', 'arxiv', 'pubmed'),
      deleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      suppressed: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((sketches) => sketches.map((sketch, at) => aRecord({ ...sketch, id: `r${at}` })))

/** Constraints between records of the world, contradictions included. */
export function constraintsIn(records: readonly LinkageRecord[]): fc.Arbitrary<readonly Constraint[]> {
  const at = fc.nat({ max: records.length - 1 })
  const one = fc.record({ a: at, b: at, kind: fc.constantFrom('must' as const, 'cannot' as const) })
  return fc.array(one, { maxLength: 4 }).map((drawn) =>
    drawn.flatMap(({ a, b, kind }, n): Constraint[] => {
      const [recordA, recordB] = [records[a]?.recordId ?? '', records[b]?.recordId ?? '']
      return recordA === recordB ? [] : [{ recordA, recordB, kind, actId: `act${n}` }]
    }),
  )
}

export const aConstrainedWorld: fc.Arbitrary<{
  readonly records: readonly LinkageRecord[]
  readonly constraints: readonly Constraint[]
}> = aSmallWorld.chain((records) => fc.record({ records: fc.constant(records), constraints: constraintsIn(records) }))
