import { describe, expect, it } from 'vitest'
import { shortKey } from '../text/hash.ts'
import type { SlotFeatures, WorkFeatures } from '../types.ts'
import { comparePair } from './attribute.ts'
import { detailsOf } from './details.ts'
import { attributedProfile, attributedSlot, attributedWork } from './prepare.ts'
import { SHIPPED_FREQUENCIES } from './shipped.ts'

/** Works that are cited are letters here. */
interface Told extends Partial<Pick<WorkFeatures, 'language' | 'funders' | 'awards'>> {
  readonly cites?: readonly string[]
  readonly citedAs?: readonly string[]
}

const keysOf = (letters: readonly string[]) => [...new Set(letters.map(shortKey))].sort((a, b) => a - b)

const NAME = { name: 'Ada Mirski', given: 'Ada', family: 'Mirski' }

function decided(workId: string, { cites, citedAs, ...told }: Told): { slot: SlotFeatures; work: WorkFeatures } {
  const slotId = `${workId}#0`
  const work = { workId, title: null, year: null, type: 'article', venue: null, issns: [], subjects: [], terms: [] }
  const nobody = { orcids: [], sourceIds: [], emails: [], affiliations: [] }
  return {
    slot: { slotId, workId, position: 1, collective: false, names: [NAME], ...nobody, mentionKeys: [slotId] },
    work: {
      ...work,
      byline: [{ slotId, name: NAME }],
      ...told,
      cites: keysOf(cites ?? []),
      citedAs: keysOf(citedAs ?? []),
    },
  }
}

const prepared = ({ work }: { work: WorkFeatures }) => attributedWork(work, SHIPPED_FREQUENCIES)

function pair(next: Told, known: readonly Told[]) {
  const one = decided('next', next)
  const confirmed = known.map((told, at) => decided(`known${at}`, told))
  const profile = { profileId: 'p', names: [NAME], identities: [], affiliations: [], confirmed, rejected: [] }
  return [attributedSlot(one.slot, prepared(one)), attributedProfile(profile, (work) => prepared({ work }))] as const
}

function levels(next: Told, ...known: readonly Told[]) {
  return comparePair(...pair(next, known)).levels
}

describe('citations', () => {
  it.each<readonly [string, Told, readonly Told[], string | undefined]>([
    ['it cites none of two', { cites: ['x'] }, [{ citedAs: ['a'] }, { citedAs: ['b'] }], 'none'],
    ['it cites one', { cites: ['a', 'x'] }, [{ citedAs: ['a'] }], 'one'],
    ['it cites one under two of its names', { cites: ['a', 'b'] }, [{ citedAs: ['a', 'b'] }], 'one'],
    ['it cites two', { cites: ['a', 'b'] }, [{ citedAs: ['a'] }, { citedAs: ['b'] }], 'several'],
    ['one cites it', { citedAs: ['n'] }, [{ cites: ['n', 'x'] }], 'one'],
    ['two cite it, under other names', { citedAs: ['m', 'n'] }, [{ cites: ['n'] }, { cites: ['n', 'm'] }], 'several'],
    ['nobody has a list of references', { citedAs: ['n'] }, [{ citedAs: ['a'] }], undefined],
    ['nothing known can be cited', { cites: ['a'] }, [{}], undefined],
  ])('%s', (_, next, known, level) => {
    expect(levels(next, ...known).citation).toBe(level)
  })
})

describe('references', () => {
  it.each<readonly [number, string]>([
    [0, 'none'],
    [1, 'one'],
    [2, 'few'],
    [4, 'few'],
    [5, 'many'],
    [30, 'many'],
  ])('%d works are cited by both', (count, level) => {
    const shared = Array.from({ length: count }, (_, at) => `s${at}`)
    expect(levels({ cites: [...shared, 'x'] }, { cites: [...shared, 'y'] }).references).toBe(level)
  })

  it('say nothing where one side has no list', () => {
    expect(levels({ cites: ['x'] }, { citedAs: ['a'] }).references).toBeUndefined()
  })
})

describe('language', () => {
  it.each<readonly [string, readonly string[], string]>([
    ['en', ['en'], 'usual'],
    ['hu', ['en', 'hu'], 'same'],
    ['hu', ['en'], 'other'],
    ['en', ['fr'], 'other'],
  ])('a work in %s, known %j', (language, known, level) => {
    expect(levels({ language }, ...known.map((one) => ({ language: one }))).language).toBe(level)
  })

  it('says nothing where nobody says', () => {
    expect(levels({ language: 'hu' }, {}).language).toBeUndefined()
    expect(levels({}, { language: 'hu' }).language).toBeUndefined()
  })
})

describe('funding', () => {
  it.each<readonly [string, Told, Told, string | undefined]>([
    ['by one grant', { funders: ['f'], awards: ['g12345'] }, { funders: ['f'], awards: ['g12345'] }, 'award'],
    ['by one grant of funders told otherwise', { funders: ['f'], awards: ['g12345'] }, { awards: ['g12345'] }, 'award'],
    ['by one funder', { funders: ['f'], awards: ['g12345'] }, { funders: ['f'], awards: ['g54321'] }, 'funder'],
    ['by others', { funders: ['f'] }, { funders: ['e'] }, 'other'],
    ['told of one side', { funders: ['f'] }, {}, undefined],
  ])('%s', (_, next, known, level) => {
    expect(levels(next, known).funding).toBe(level)
  })
})

it('tells a reader what it is that both share', () => {
  const known = { citedAs: ['a'], cites: ['s', 't'], language: 'hu', funders: ['otka'], awards: ['k12345'] }
  const next = { cites: ['a', 's', 't'], language: 'hu', funders: ['otka'], awards: ['k12345'] }
  expect(detailsOf(...pair(next, [known]))).toMatchObject({
    citation: 'known works that it cites or is cited by: 1',
    references: 'works cited by both: 2',
    language: 'hu, known hu',
    funding: 'k12345',
  })
})

it('is the same in whatever order the works are known, also where two have one identifier', () => {
  const known = [{ citedAs: ['a'] }, { citedAs: ['a', 'b'] }, { cites: ['n'] }]
  const slot = attributedSlot(
    decided('next', {}).slot,
    prepared(decided('next', { cites: ['a', 'b'], citedAs: ['n'] })),
  )
  const confirmed = known.map((told, at) => decided(`known${at}`, told))
  const profile = { profileId: 'p', names: [NAME], identities: [], affiliations: [], rejected: [] }
  const said = [confirmed, confirmed.toReversed()].map((works) =>
    detailsOf(
      slot,
      attributedProfile({ ...profile, confirmed: works }, (work) => prepared({ work })),
    ),
  )
  expect(said[0]).toEqual(said[1])
})
