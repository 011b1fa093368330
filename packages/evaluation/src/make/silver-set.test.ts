import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readAuthorSet } from '../neutral/read-set.ts'
import { readItemTruths } from '../truth/read-truths.ts'
import { silverSet } from './silver-set.ts'
import type { UnifiedAuthor, UnifiedRecord } from './unified.ts'
import { writeSet } from './write-set.ts'

const ORCIDS = Array.from({ length: 9 }, (_, at) => `0000-0000-0000-000${at}`)

const anAuthor = (name: string, orcid: string | null): UnifiedAuthor => ({
  name,
  given: null,
  family: null,
  collective: false,
  orcid,
  email: null,
  role: 'author',
  affiliations: [],
})

function aRecord(
  sourceId: string,
  year: number,
  authors: readonly UnifiedAuthor[],
  rest: Partial<UnifiedRecord> = {},
): UnifiedRecord {
  const nothing = {
    abstract: null,
    language: null,
    venue: null,
    identifiers: [],
    subjects: [],
    funders: [],
    references: [],
    deleted: false,
  }
  return { source: 'crossref', sourceId, title: `Title ${sourceId}`, published: { year }, authors, ...nothing, ...rest }
}

const author = fc
  .tuple(
    fc.constantFrom('Ada Mirski', 'A. Mirski', 'Bo Larsen'),
    fc.oneof(fc.constant(null), fc.constantFrom(...ORCIDS)),
  )
  .map(([name, orcid]) => anAuthor(name, orcid))
const records = fc
  .array(fc.record({ year: fc.integer({ min: 2000, max: 2006 }), authors: fc.array(author, { maxLength: 4 }) }), {
    minLength: 5,
    maxLength: 25,
  })
  .map((list) => list.map(({ year, authors }, at) => aRecord(`r${at}`, year, authors)))

describe('a set made of ORCIDs', () => {
  it('is looked at with profiles and strangers in it', () => {
    // A generator without labels would pass every property.
    const made = fc.sample(records, { numRuns: 50, seed: 1 }).map(silverSet)
    expect(made.filter(({ profiles }) => profiles.length > 1).length).toBeGreaterThan(10)
    expect(made.filter(({ stream }) => stream.some(({ profile }) => profile === null)).length).toBeGreaterThan(10)
  })

  it('hides them, and every label is an item or a seed', () => {
    fc.assert(
      fc.property(records, (unified) => {
        const set = silverSet(unified)
        expect(JSON.stringify(set)).not.toContain('0000-0000')
        const slots = [...set.stream, ...set.profiles.flatMap(({ seeds }) => seeds)].map(
          ({ record, slot }) => `${record} ${slot}`,
        )
        const labels = unified.flatMap(({ sourceId, authors }) =>
          authors.flatMap(({ orcid }, slot) =>
            orcid !== null && authors.filter((other) => other.orcid === orcid).length === 1
              ? `crossref:${sourceId} ${slot}`
              : [],
          ),
        )
        expect(slots.toSorted()).toEqual(labels.sort())
      }),
    )
  })

  it('puts the slots of one ORCID under one profile or under none, the earliest first', () => {
    fc.assert(
      fc.property(records, (unified) => {
        const { profiles, stream } = silverSet(unified)
        const at = ({ record, slot }: { record: string; slot: number }) => {
          const found = unified.find(({ sourceId }) => `crossref:${sourceId}` === record)
          return { orcid: found?.authors[slot]?.orcid, year: found?.published?.year ?? 0 }
        }
        for (const { id, seeds } of profiles) {
          const own = stream.filter(({ profile }) => profile === id)
          expect(own.length).toBeGreaterThanOrEqual(seeds.length)
          expect(new Set([...seeds, ...own].map((slot) => at(slot).orcid)).size).toBe(1)
          expect(Math.max(...seeds.map((slot) => at(slot).year))).toBeLessThanOrEqual(
            Math.min(...own.map((slot) => at(slot).year)),
          )
        }
        const profiled = new Set(profiles.flatMap(({ seeds }) => seeds.map((slot) => at(slot).orcid)))
        for (const item of stream) if (item.profile === null) expect(profiled).not.toContain(at(item).orcid)
        expect(stream.map((item) => at(item).year)).toEqual(
          stream.map((item) => at(item).year).toSorted((a, b) => a - b),
        )
      }),
    )
  })

  it('does not depend on the order of the records', () => {
    fc.assert(
      fc.property(records, (unified) => {
        expect(silverSet(unified.toReversed())).toEqual(silverSet(unified))
      }),
    )
  })

  it('of one work in two sources the record with more labels stays', () => {
    const own = (value: string) => ({ identifiers: [{ scheme: 'doi', value, relation: 'self' }] })
    const poor = aRecord('a', 2001, [anAuthor('Ada Mirski', null)], own('10.5555/1'))
    const rich = aRecord('b', 2001, [anAuthor('Ada Mirski', ORCIDS[0] ?? '')], own('10.5555/1'))
    const alike = aRecord('c', 2001, [], { title: 'On the habits of moss in winter' })
    const same = aRecord('d', 2001, [anAuthor('Bo Larsen', null)], { title: 'On the Habits of Moss, in Winter' })
    const gone = aRecord('e', 2001, [], { deleted: true })
    expect(silverSet([poor, rich, alike, same, gone]).records).toMatchObject([
      { id: 'crossref:b' },
      { id: 'crossref:d' },
    ])
  })
})

test('a written set is read back, and the same set gives the same bytes', async () => {
  const unified = [2001, 2002, 2003, 2004].map((year) =>
    aRecord(
      `r${year}`,
      year,
      ORCIDS.map((orcid, at) => anAuthor(`Person ${at}`, orcid)),
    ),
  )
  const folder = mkdtempSync(join(tmpdir(), 'atlas-silver-'))
  await writeSet(folder, silverSet(unified))
  const { set, items } = await readAuthorSet(folder)
  const truths = await readItemTruths(folder)
  expect(set.profiles.length).toBeGreaterThan(0)
  expect(items).toHaveLength(36 - 2 * set.profiles.length)
  expect(truths.some(({ profile }) => profile === null)).toBe(true)
  expect(truths[0]?.facets).toEqual({ source: 'crossref' })
  const before = readFileSync(join(folder, 'records.jsonl.gz'))
  await writeSet(folder, silverSet(unified.toReversed()))
  expect(readFileSync(join(folder, 'records.jsonl.gz')).equals(before)).toBe(true)
  rmSync(folder, { recursive: true })
})
