import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { storedRecordOf } from '../record.ts'
import { aRecord } from '../testing/a-world.ts'
import { anAddition, anEnrichment, aPlace } from '../testing/of-other-kinds.ts'
import { type AddingMember, additionsOf, type KeptOfWork, NO_ADDITIONS, NOTHING_KEPT, ownKeys } from './additions.ts'
import { keptRecordOf } from './kept-record.ts'
import { MAX_AWARDS, MAX_FUNDERS, MAX_LOCATIONS } from './said-beside.ts'

type Role = AddingMember['role']

function aMember(
  source: string,
  adds: Parameters<typeof aRecord>[0]['adds'] = {},
  role: Role = 'primary',
): AddingMember {
  return { record: storedRecordOf(aRecord({ source, sourceId: source, doi: `10.5555/${source}`, adds })), role }
}

function enriched(about: string, adds: Parameters<typeof aRecord>[0]['adds']): KeptOfWork {
  const { recordId, about: key, adds: said } = keptRecordOf(anEnrichment(about, { sourceId: about, adds: adds ?? {} }))
  if (key === null || said === null) throw new Error('an enrichment is about something')
  return { ...NOTHING_KEPT, enrichments: [{ recordId, about: key, adds: said }] }
}

const aFunder = (name: string | null, dois: readonly string[], awards: readonly string[]) => ({
  name,
  identifiers: dois.map((value) => ({ scheme: 'doi', value })),
  awards,
})

describe('what is added to a work', () => {
  test('is nothing where nobody says anything', () => {
    expect(additionsOf([aMember('crossref')], NOTHING_KEPT)).toEqual(NO_ADDITIONS)
  })

  test('names each place once, the preferred one of the source that speaks first before the others', () => {
    const members = [
      aMember('crossref', { openAccessLocations: [aPlace('https://c.example/x/', true)] }),
      aMember(
        'openalex',
        {
          openAccessLocations: [
            aPlace('http://www.c.example/x'),
            { ...aPlace('https://b.example', true), licence: 'cc-by' },
          ],
        },
        'duplicate',
      ),
    ]
    const { openAccessLocations } = additionsOf(
      members,
      enriched('10.5555/crossref', { openAccessLocations: [aPlace('https://b.example')] }),
    )
    expect(openAccessLocations.map(({ url, best, recordIds }) => [url, best, recordIds.length])).toEqual([
      ['https://b.example', true, 2],
      ['http://www.c.example/x', false, 2],
    ])
  })

  test('is open when anybody knows an open text, and closed when those who speak of it know none', () => {
    const status = (...statuses: readonly (readonly [string, string | null])[]) =>
      additionsOf(
        statuses.map(([source, openAccess], at) => aMember(source, { openAccess }, at === 0 ? 'primary' : 'duplicate')),
        NOTHING_KEPT,
      )
    expect(status(['hal', 'closed'], ['europepmc', 'green']).openAccess).toBe('green')
    expect(status(['openalex', 'gold'], ['hal', 'green']).openAccess).toBe('gold')
    expect(status(['hal', 'closed'], ['pubmed', null]).openAccess).toBe('closed')
    expect(status(['pubmed', null], ['dblp', null]).openAccess).toBeNull()
    const [doubted] = status(['hal', 'closed'], ['europepmc', 'green']).fieldSources
    const [sure] = status(['hal', null], ['europepmc', 'green']).fieldSources
    expect(doubted?.confidence).toBeLessThan(sure?.confidence ?? 0)
  })

  test('takes a licence under its names and addresses for one', () => {
    const members = [
      aMember('crossref', { licence: 'https://creativecommons.org/licenses/by/4.0/' }),
      aMember('hal', { licence: 'CC-BY-4.0' }, 'duplicate'),
    ]
    const { licence, fieldSources } = additionsOf(members, NOTHING_KEPT)
    expect([licence, fieldSources]).toMatchObject([
      'https://creativecommons.org/licenses/by/4.0/',
      [{ field: 'licence', agreeing: 2 }],
    ])
  })

  test('has each funder once, with all awards', () => {
    const members = [
      aMember('crossref', { funders: [aFunder('Fonds Boréal', ['10.13039/1'], ['A'])] }),
      aMember(
        'hal',
        { funders: [aFunder('FONDS BOREAL', [], ['A', 'B']), aFunder('Boreal Fund', ['10.13039/1'], ['C'])] },
        'duplicate',
      ),
      aMember('arxiv', { funders: [aFunder(null, ['10.13039/2'], [])] }, 'version'),
    ]
    expect(additionsOf(members, NOTHING_KEPT).funders.map(({ name, awards }) => [name, awards])).toEqual([
      ['Fonds Boréal', ['A', 'B', 'C']],
      [null, []],
    ])
  })

  test('is of no part and of no notice', () => {
    const members = [
      aMember('crossref'),
      aMember('hal', { openAccess: 'gold', citedByCount: 9, licence: 'cc-by' }, 'part'),
    ]
    expect(ownKeys(members)).toEqual(['doi:10.5555/crossref'])
    expect(additionsOf(members, NOTHING_KEPT)).toEqual(NO_ADDITIONS)
  })

  test('is bounded', () => {
    const many = (n: number) => Array.from({ length: n }, (_, at) => at)
    const says = (of: string) => ({
      openAccessLocations: many(80).map((at) => aPlace(`https://${of}.example/${at}`)),
      funders: many(120).map((at) => aFunder(`${of} ${at}`, [], many(150).map(String))),
    })
    const { openAccessLocations, funders } = additionsOf(
      [aMember('crossref', says('a')), aMember('hal', says('b'), 'duplicate')],
      NOTHING_KEPT,
    )
    expect([openAccessLocations.length, funders.length, funders[0]?.awards.length]).toEqual([
      MAX_LOCATIONS,
      MAX_FUNDERS,
      MAX_AWARDS,
    ])
  })

  test('hangs on who says what, not on the order', () => {
    const roles = fc.constantFrom<Role>('duplicate', 'version')
    const others = fc.uniqueArray(fc.constantFrom('hal', 'openalex', 'arxiv', 'datacite'), { minLength: 1 })
    const world = others.chain((sources) =>
      fc.record({
        first: anAddition,
        rest: fc.tuple(
          ...sources.map((source) => fc.record({ source: fc.constant(source), adds: anAddition, role: roles })),
        ),
        kept: fc.array(anAddition, { maxLength: 3 }),
        seed: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
      }),
    )
    fc.assert(
      fc.property(world, ({ first, rest, kept, seed }) => {
        const members = [
          aMember('crossref', first),
          ...rest.map(({ source, adds, role }) => aMember(source, adds, role)),
        ]
        const enrichments = kept.flatMap((adds, at) =>
          enriched(at % 2 === 0 ? '10.5555/crossref' : `10.5555/${rest[0]?.source}`, adds).enrichments.map((one) => ({
            ...one,
            recordId: `${at}${one.recordId}`,
          })),
        )
        const shuffled = <T>(all: readonly T[]) =>
          all
            .map((one, at) => ({ one, at: seed[at] ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one)
        expect(additionsOf(shuffled(members), { ...NOTHING_KEPT, enrichments: shuffled(enrichments) })).toEqual(
          additionsOf(members, { ...NOTHING_KEPT, enrichments }),
        )
      }),
    )
  })
})
