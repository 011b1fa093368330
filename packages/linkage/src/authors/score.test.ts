import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aByline, aDecided, anIdentity, aProfile, aSlot, aWork } from '../testing/a-pair.ts'
import type {
  Comparison,
  ComparisonName,
  ProfileFeatures,
  Reason,
  Scored,
  SlotFeatures,
  WorkFeatures,
} from '../types.ts'
import { MODEL_1 } from './model.ts'
import { prepareProfile, prepareSlot, prepareWork } from './prepare.ts'
import { probabilityOf, score, weigh } from './score.ts'

const ORCID = '0000-0002-1825-0097'
const OTHER = '0000-0001-5109-3700'
const scored = (slot: SlotFeatures, profile: ProfileFeatures, work: Partial<WorkFeatures> = {}): Scored =>
  score(prepareSlot(slot, prepareWork(aWork(work))), prepareProfile(profile), MODEL_1)
const levelOf = (result: Scored, type: string): string | undefined =>
  result.reasons.find((reason) => reason.type === type)?.level
const suggested = ({ score: probability }: Scored): boolean => probability >= MODEL_1.thresholds.publish

describe('a pair', () => {
  test.each([
    ['a rare name written out', scored(aSlot('Ottokar Brzezinski'), aProfile('Ottokar Brzezinski')), true],
    ['a frequent name alone', scored(aSlot('Jean Martin'), aProfile('Jean Martin')), false],
    ['a very frequent name alone', scored(aSlot('Wei Wang'), aProfile('Wei Wang')), false],
    ['a rare family name with an initial', scored(aSlot('J. Smith'), aProfile('John Smith')), false],
    [
      'a very frequent name with two known co-authors at the same place',
      scored(
        aSlot('Wei Wang', { affiliations: [{ name: 'North Bay College', ror: '012345678', country: null }] }),
        aProfile('Wei Wang', {
          affiliations: [{ name: 'x', ror: '012345678', country: null, fromYear: null, toYear: null }],
          confirmed: [aDecided('Wei Wang', ['Ines Falk', 'Ottokar Brzezinski'])],
        }),
        { byline: aByline('Wei Wang', ['Ines Falk', 'Ottokar Brzezinski']) },
      ),
      true,
    ],
    [
      'the iD with a frequent name',
      scored(aSlot('W. Wang', { orcids: [ORCID] }), aProfile('Wei Wang', { identities: [anIdentity('orcid', ORCID)] })),
      true,
    ],
    [
      'a rare name with another iD',
      scored(
        aSlot('Ottokar Brzezinski', { orcids: [OTHER] }),
        aProfile('Ottokar Brzezinski', { identities: [anIdentity('orcid', ORCID)] }),
      ),
      false,
    ],
    [
      'the iD on the wrong co-author',
      scored(
        aSlot('Bo Lind', { orcids: [ORCID] }),
        aProfile('Ottokar Brzezinski', { identities: [anIdentity('orcid', ORCID)] }),
      ),
      false,
    ],
    [
      'the iD under a changed family name',
      scored(
        aSlot('Maria Schultz', { orcids: [ORCID] }),
        aProfile('Maria Lopez', { identities: [anIdentity('orcid', ORCID)] }),
      ),
      true,
    ],
    ['another given name', scored(aSlot('Otto Brzezinski'), aProfile('Stefan Brzezinski')), false],
    [
      'an author id called not mine',
      scored(
        aSlot('Ottokar Brzezinski', { sourceIds: [{ scheme: 'openalex_author', value: 'A1' }] }),
        aProfile('Ottokar Brzezinski', {
          identities: [anIdentity('openalex_author', 'A1', { ownership: 'not_mine' })],
        }),
      ),
      false,
    ],
    [
      'a mention that was rejected',
      scored(
        aSlot('Ottokar Brzezinski', { mentionKeys: ['decided-mention'] }),
        aProfile('Ottokar Brzezinski', { rejected: [aDecided('Ottokar Brzezinski', [])] }),
      ),
      false,
    ],
    [
      'a work eighty years too late',
      scored(
        aSlot('Ottokar Brzezinski'),
        aProfile('Ottokar Brzezinski', {
          affiliations: [{ name: '', ror: null, country: null, fromYear: 1900, toYear: 1930 }],
        }),
      ),
      false,
    ],
  ] as const)('%s', (_, result, expected) => {
    expect(suggested(result)).toBe(expected)
  })

  test('an iD that is equal is one reason, and a conflict under another name', () => {
    const profile = aProfile('Ottokar Brzezinski', { identities: [anIdentity('orcid', ORCID)] })
    expect(levelOf(scored(aSlot('O. Brzezinski', { orcids: [ORCID] }), profile), 'orcid_exact')).toBe('exact')
    expect(levelOf(scored(aSlot('Bo Lind', { orcids: [ORCID] }), profile), 'orcid_conflict')).toBe('name_conflict')
    expect(levelOf(scored(aSlot('Ottokar Brzezinski', { orcids: [OTHER] }), profile), 'orcid_different')).toBe(
      'different',
    )
    const claimed = aProfile('Ottokar Brzezinski', { identities: [anIdentity('orcid', ORCID, { verifiedAt: null })] })
    expect(levelOf(scored(aSlot('O. Brzezinski', { orcids: [ORCID] }), claimed), 'orcid_claimed')).toBe('claimed')
  })

  test('the abbreviated form of a full name does not let another given name in', () => {
    const profile = {
      ...aProfile('Jean Brzezinski'),
      names: ['Jean Brzezinski', 'J. Brzezinski'].map((name) => ({ name, given: null, family: null })),
    }
    expect(levelOf(scored(aSlot('Jonas Brzezinski'), profile), 'name_conflict')).toBe('conflict')
  })

  test('the prior is the first reason, and lower for a more frequent name', () => {
    const [rare] = scored(aSlot('Ottokar Brzezinski'), aProfile('Ottokar Brzezinski')).reasons
    const [frequent] = scored(aSlot('Jean Martin'), aProfile('Jean Martin')).reasons
    expect([rare?.type, frequent?.type]).toEqual(['prior', 'prior'])
    expect(frequent?.weight).toBeLessThan(rare?.weight ?? 0)
  })

  test('reasons show names as they were given', () => {
    const known = aProfile('Zoë Quennell', { confirmed: [aDecided('Zoë Quennell', ['Jörg Müller'])] })
    const { reasons } = scored(aSlot('QUENNELL, Z.'), known, { byline: aByline('QUENNELL, Z.', ['Müller, Jörg']) })
    const shown = new Map(reasons.map(({ type, details }) => [type, details]))
    expect(shown.get('prior')).toBe('Zoë Quennell')
    expect(shown.get('name_similar')).toBe('QUENNELL, Z. / Zoë Quennell')
    expect(shown.get('coauthor_network')).toBe('Müller, Jörg')
  })

  test('co-authors that are absent count against where many are known', () => {
    const many = Array.from(
      { length: 20 },
      (_, at) => `Given${String.fromCharCode(97 + at)} Family${String.fromCharCode(97 + at)}`,
    )
    const profile = aProfile('Ines Falk', { confirmed: [aDecided('Ines Falk', many)] })
    const result = scored(aSlot('Ines Falk'), profile, { byline: aByline('Ines Falk', ['Bo Lind', 'Cem Uzun']) })
    expect(result.reasons.find(({ type }) => type === 'coauthor_network')?.weight).toBeLessThan(0)
  })
})

// ---- any levels ----

const comparisons = Object.keys(MODEL_1.levels) as ComparisonName[]
const anyLevel = (comparison: ComparisonName): fc.Arbitrary<Comparison> =>
  fc.record({
    comparison: fc.constant(comparison),
    level: fc.constantFrom(...Object.keys(MODEL_1.levels[comparison])),
    rarity: fc.constant(0),
    details: fc.constant(null),
  })
const anyLevels = fc.tuple(...comparisons.map(anyLevel))
const anyPrior = fc
  .integer({ min: -12, max: -4 })
  .map((weight): Reason => ({ type: 'prior', level: 'family_name', weight, details: null }))
const weightOf = ({ comparison, level }: Comparison): number => MODEL_1.levels[comparison][level]?.weight ?? 0

describe('any levels', () => {
  test('all weights sum to the log odds, and the score is their probability', () => {
    fc.assert(
      fc.property(anyPrior, anyLevels, (prior, levels) => {
        const { reasons, logOdds, score: probability } = weigh(prior, levels, MODEL_1)
        expect(Math.abs(reasons.reduce((sum, { weight }) => sum + weight, 0) - logOdds)).toBeLessThan(1e-9)
        expect(probability).toBe(probabilityOf(logOdds, MODEL_1))
      }),
    )
  })

  test('a better level of one comparison never lowers the score', () => {
    const change = fc.tuple(anyPrior, anyLevels, fc.nat({ max: comparisons.length - 1 })).chain(([prior, levels, at]) =>
      fc.record({
        prior: fc.constant(prior),
        levels: fc.constant(levels),
        at: fc.constant(at),
        other: anyLevel(comparisons[at] ?? 'name'),
      }),
    )
    fc.assert(
      fc.property(change, ({ prior, levels, at, other }) => {
        const changed = levels.map((level, index) => (index === at ? other : level))
        const [before, after] = [weigh(prior, levels, MODEL_1), weigh(prior, changed, MODEL_1)]
        const rises = weightOf(other) >= weightOf(levels[at] ?? other)
        const [low, high] = rises ? [before, after] : [after, before]
        expect(high.logOdds).toBeGreaterThanOrEqual(low.logOdds - 1e-9)
        expect(high.score).toBeGreaterThanOrEqual(low.score - 1e-9)
      }),
      { numRuns: 1000 },
    )
  })

  test('the levels of each comparison are listed best first', () => {
    for (const levels of Object.values(MODEL_1.levels)) {
      const atMost = Object.values(levels).map(({ weight, rarity = 0 }) => weight + rarity)
      expect(atMost).toEqual(atMost.toSorted((a, b) => b - a))
    }
  })

  test('the calibration rises and stays between 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -80, max: 80, noNaN: true }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        (at, more) => {
          const [low, high] = [probabilityOf(at, MODEL_1), probabilityOf(at + more, MODEL_1)]
          expect(low).toBeGreaterThan(0)
          expect(high).toBeLessThan(1)
          expect(high).toBeGreaterThanOrEqual(low)
        },
      ),
    )
  })
})

describe('supportive evidence in the pair itself', () => {
  const supports: readonly ((pair: {
    slot: SlotFeatures
    profile: ProfileFeatures
    work: Partial<WorkFeatures>
  }) => typeof pair)[] = [
    ({ slot, profile, work }) => ({
      slot: { ...slot, orcids: [ORCID] },
      profile: { ...profile, identities: [...profile.identities, anIdentity('orcid', ORCID)] },
      work,
    }),
    ({ slot, profile, work }) => ({
      slot: { ...slot, emails: ['a@b.org'] },
      profile: { ...profile, identities: [...profile.identities, anIdentity('email', 'a@b.org')] },
      work,
    }),
    ({ slot, profile, work }) => ({
      slot: { ...slot, affiliations: [{ name: 'North Bay College', ror: '012345678', country: null }] },
      profile: {
        ...profile,
        affiliations: [{ name: 'North Bay College', ror: '012345678', country: null, fromYear: null, toYear: null }],
      },
      work,
    }),
    ({ slot, profile, work }) => ({
      slot,
      profile: { ...profile, confirmed: [...profile.confirmed, aDecided('Jean Martin', ['Bo Lind'])] },
      work: { ...work, byline: aByline('Jean Martin', ['Bo Lind', 'Cem Uzun']) },
    }),
    ({ slot, profile, work }) => ({
      slot: { ...slot, sourceIds: [{ scheme: 'hal_author', value: '7' }] },
      profile: { ...profile, identities: [...profile.identities, anIdentity('hal_author', '7')] },
      work,
    }),
  ]

  test('never lowers the score, whatever came before', () => {
    const name = fc.constantFrom('Jean Martin', 'J. Martin', 'Wei Wang', 'Ottokar Brzezinski')
    fc.assert(
      fc.property(name, fc.shuffledSubarray([...supports], { minLength: 1 }), (own, chosen) => {
        let pair = { slot: aSlot(own), profile: aProfile(own), work: {} as Partial<WorkFeatures> }
        let before = scored(pair.slot, pair.profile, pair.work)
        for (const support of chosen) {
          pair = support(pair)
          const after = scored(pair.slot, pair.profile, pair.work)
          expect(after.score).toBeGreaterThanOrEqual(before.score)
          before = after
        }
      }),
    )
  })
})
