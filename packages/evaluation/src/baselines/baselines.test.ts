import { describe, expect, it, test } from 'vitest'
import { readAuthorSet } from '../neutral/read-set.ts'
import { aFolder } from '../testing/a-set.ts'
import { averagingScore } from './averaging.ts'
import { BASELINE_NAMES, baselineNamed } from './named.ts'

const work = (id: string, ...names: string[]) => ({ id, title: id, authors: names.map((name) => ({ name })) })
const WORKS = [
  work('seed a', 'Ada Mirski', 'Bo Larsen'),
  work('seed b', 'Anton Mirski', 'Chidi Okafor'),
  work('one', 'Ada Mirski', 'Chidi Okafor'),
  work('two', 'A. Mirski', 'Larsen, Bo', 'Bo Larsen'),
  work('three', 'Anna Mirski'),
]
const PROFILES = [
  { id: 'a', names: ['Ada Mirski'], seeds: [{ record: 'seed a', slot: 0 }] },
  { id: 'b', names: ['Anton Mirski'], seeds: [{ record: 'seed b', slot: 0 }] },
]

describe('each rule says what it says', () => {
  it.each([
    { rule: 'only-initial', record: 'one', accepted: null },
    { rule: 'only-forename', record: 'one', accepted: 'a' },
    { rule: 'only-forename', record: 'two', accepted: null },
    { rule: 'only-forename', record: 'three', accepted: null },
    { rule: 'shared-coauthors', record: 'one', accepted: null },
    { rule: 'shared-coauthors', record: 'two', accepted: 'a' },
    { rule: 'shared-coauthors', record: 'three', accepted: null },
    { rule: 'averaging', record: 'one', accepted: 'a' },
    { rule: 'averaging', record: 'three', accepted: null },
  ])('$rule, $record: $accepted', async ({ rule, record, accepted }) => {
    using folder = aFolder({ records: WORKS, profiles: PROFILES, stream: [] }, true)
    const { set } = await readAuthorSet(folder.path)
    const engine = baselineNamed(rule).authors(set)
    const [top] = engine.propose({ record, slot: 0 })
    expect(top && top.p >= engine.threshold ? top.profile : null).toBe(accepted)
  })

  test('an answer brings names and co-authors', async () => {
    using folder = aFolder({ records: WORKS, profiles: PROFILES, stream: [] }, true)
    const { set } = await readAuthorSet(folder.path)
    const engine = baselineNamed('shared-coauthors').authors(set)
    const item = { record: 'one', slot: 0 }
    expect(engine.propose(item)[0]?.p).toBe(0)
    engine.answer(item, 'a', ['b'])
    expect(engine.propose(item)[0]).toEqual({ profile: 'a', p: 1 })
  })

  test('what there is none of is refused by name', () => {
    expect(() => baselineNamed('best')).toThrow(`no baseline "best"; there is ${BASELINE_NAMES.join(', ')}`)
  })
})

// The table by which the original score was found wanting: each row adds evidence, and the score falls.
describe('the averaging score', () => {
  const nothing = {
    names: ['x y'],
    orcids: [],
    emails: [],
    affiliations: [],
    coauthors: new Set<string>(),
    words: new Set<string>(),
  }
  const email = { ...nothing, emails: ['ada@example.org'] }
  const name = { ...email, names: ['ada mirski'] }
  const affiliation = { ...name, affiliations: ['university of somewhere'] }
  const all = { ...affiliation, coauthors: new Set(['bo larsen']), words: new Set(['reefs']) }
  it.each([
    { evidence: 'e-mail', slot: email, score: 0.9 },
    { evidence: 'e-mail and exact name', slot: name, score: 0.75 },
    { evidence: 'and affiliation', slot: affiliation, score: 0.633 },
    { evidence: 'and all co-authors, and the same topic', slot: all, score: 0.48 },
    { evidence: 'exact name alone', slot: { ...nothing, names: ['ada mirski'] }, score: 0.6 },
    { evidence: 'exact name and affiliation', slot: { ...affiliation, emails: [] }, score: 0.5 },
    { evidence: 'a similar name', slot: { ...nothing, names: ['ada mirska'] }, score: 0.27 },
    { evidence: 'an equal ORCID', slot: { ...nothing, orcids: ['0'] }, score: 1 },
  ])('$evidence: $score', ({ slot, score }) => {
    expect(averagingScore(slot, { ...all, orcids: ['0'] })).toBeCloseTo(score, 3)
  })
})
