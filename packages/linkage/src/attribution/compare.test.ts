import { describe, expect, it } from 'vitest'
import type { ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { attribute, compareAll } from './attribute.ts'
import { learnFrequencies, NO_TABLE } from './frequencies.ts'
import { attributedProfile, attributedSlot, attributedWork } from './prepare.ts'
import { ATTRIBUTION_2 } from './shipped.ts'
import { termsOf } from './terms.ts'

const name = (text: string) => ({ name: text, given: null, family: null })

function work(workId: string, of: { byline: string[]; title: string; year?: number; venue?: string }): WorkFeatures {
  return {
    workId,
    title: of.title,
    year: of.year ?? null,
    type: 'article',
    venue: of.venue ?? null,
    issns: [],
    subjects: [],
    terms: termsOf({ title: of.title }),
    byline: of.byline.map((text, at) => ({ slotId: `${workId}#${at}`, name: name(text) })),
  }
}

function slot(of: WorkFeatures, position: number, affiliation?: string): SlotFeatures {
  const slotId = `${of.workId}#${position}`
  const [given] = of.byline.slice(position)
  return {
    slotId,
    workId: of.workId,
    position,
    collective: false,
    names: given ? [given.name] : [],
    orcids: [],
    sourceIds: [],
    emails: [],
    affiliations: affiliation ? [{ name: affiliation, ror: null, country: null }] : [],
    mentionKeys: [slotId],
  }
}

const KNOWN = work('known', {
  byline: ['Ottokar Brzezinski', 'Ines Falk', 'Tarvo Õunapuu'],
  title: 'Sphagnum drainage and moss carbon',
  year: 2019,
  venue: 'Proceedings of the 3rd Symposium on Mires',
})
const OTHERS = Array.from({ length: 40 }, (_, at) =>
  work(`other${at}`, { byline: ['A B'], title: `Unrelated topic ${at} words`, venue: 'Another Journal' }),
)
const frequencies = learnFrequencies([KNOWN, ...OTHERS], NO_TABLE)

function levels(of: WorkFeatures, affiliation?: string, known: WorkFeatures = KNOWN) {
  const profile: ProfileFeatures = {
    profileId: 'p',
    names: [name('Ottokar Brzezinski')],
    identities: [],
    affiliations: [],
    confirmed: [{ slot: slot(known, 0, 'Institute of Mires'), work: known }],
    rejected: [],
  }
  const prepared = attributedProfile(profile, (one) => attributedWork(one, frequencies))
  const { candidates } = compareAll(attributedSlot(slot(of, 0, affiliation), attributedWork(of, frequencies)), [
    prepared,
  ])
  return candidates[0]?.levels
}

describe('a slot beside a profile with one known work', () => {
  it('shares a co-author by whole name, its topic, its venue and its year', () => {
    const next = work('next', {
      byline: ['Ottokar Brzezinski', 'Ines Falk'],
      title: 'Moss carbon in drained sphagnum',
      year: 2020,
      venue: 'Proceedings of the 4th Symposium on Mires',
    })
    expect(levels(next, 'Institute of Mires')).toMatchObject({
      name: 'exact',
      coauthors: 'one',
      nearest_title: 'same',
      venue: 'uncommon',
      years: 'next',
      affiliation: 'name_equal',
    })
  })

  it('shares nobody, and how much that says depends on how many are known', () => {
    const apart = work('apart', { byline: ['O. Brzezinski', 'Somebody Else'], title: 'Bridges', year: 2050 })
    expect(levels(apart, 'Bank of Elsewhere')).toMatchObject({
      name: 'initials',
      coauthors: 'none',
      known_coauthors: 'hardly_any',
      byline: 'two',
      nearest_title: 'apart',
      years: 'decades',
      affiliation: 'different',
    })
  })

  it('says nothing where a side says nothing', () => {
    const found = levels(work('bare', { byline: ['Ottokar Brzezinski'], title: '' }))
    expect(Object.entries(found ?? {}).filter(([, level]) => level !== undefined)).toEqual([['name', 'exact']])
  })

  it('is compared by its abstract where both sides have one', () => {
    const words = Array.from({ length: 30 }, (_, at) => `peat${'abcdefghijklmnopqrstuvwxyzäöüß'.charAt(at)}bog`).join(
      ' ',
    )
    const known = { ...KNOWN, terms: termsOf({ title: KNOWN.title, abstract: words }) }
    const next = {
      ...work('next', { byline: ['Ottokar Brzezinski'], title: '' }),
      terms: termsOf({ title: null, abstract: words }),
    }
    expect(levels(next, undefined, known)).toMatchObject({ nearest_topic: 'same', field: 'same' })
    expect(levels(next)).toMatchObject({ nearest_title: 'apart', title_field: 'apart' })
  })

  it('is no candidate for a second slot of a work it stands on', () => {
    expect(levels(KNOWN)).toBeUndefined()
  })
})

describe('what a work is about', () => {
  it('is stems, what says most first, without stop words', () => {
    const texts = { title: 'The mire of mires', abstract: 'Peat, peat and peat', keywords: ['Carbon'] }
    expect(termsOf(texts)).toEqual(['mire', 'peat', 'carbon'])
  })
})

describe('a name with nothing beside it', () => {
  // Nobody else here bears a name that fits, the profile has confirmed nothing, and the byline has one author.
  it.each([
    ['W. Wang', 'Wei Wang', 0, 0.1],
    ['Wei Wang', 'Wei Wang', 0.1, 0.5],
    ['John Smith', 'John Smith', 0.2, 0.7],
    ['J. Martin', 'Jonas Martin', 0.1, 0.5],
    ['Z. Wojciechowskyj', 'Zbigniew Wojciechowskyj', 0.4, 0.9],
    ['Zbigniew Wojciechowskyj', 'Zbigniew Wojciechowskyj', 0.8, 0.99],
  ])('%s may be %s with a probability from %d to %d', (byline, known, least, most) => {
    const of = work('w', { byline: [byline], title: '' })
    const profile = {
      profileId: 'p',
      names: [name(known)],
      identities: [],
      affiliations: [],
      confirmed: [],
      rejected: [],
    }
    const compared = compareAll(attributedSlot(slot(of, 0), attributedWork(of, frequencies)), [
      attributedProfile(profile, (one) => attributedWork(one, frequencies)),
    ])
    const probability = attribute(compared, ATTRIBUTION_2)[0]?.probability ?? Number.NaN
    expect(probability).toBeGreaterThanOrEqual(least)
    expect(probability).toBeLessThanOrEqual(most)
  })
})
