// Records that describe no work, as ingest would publish them.
import { type RecordIdentifier, type RecordSnapshot, recordOpenAccessLocationDefaults } from '@atlas/schemas'
import fc from 'fast-check'
import { aRecord, type RecordGiven } from './a-world.ts'

interface KeptGiven extends Pick<RecordGiven, 'version' | 'deleted' | 'suppressed'> {
  readonly sourceId: string
}

function ofKind(kind: string, source: string, given: KeptGiven, identifiers: readonly RecordIdentifier[], adds = {}) {
  return aRecord({ ...given, source, authors: [], adds: { ...adds, kind, identifiers } })
}

const doi = (value: string, relation: string) => ({ scheme: 'doi', value, relation })

/** What unpaywall says of a work. */
export function anEnrichment(
  about: string,
  { adds = {}, ...given }: KeptGiven & { readonly adds?: Partial<RecordSnapshot> },
): RecordSnapshot {
  return ofKind('enrichment', 'unpaywall', given, [doi(about, 'self')], adds)
}

/** A link of COCI. */
export function aLink(citing: string, cited: string, given: KeptGiven): RecordSnapshot {
  return ofKind('citation', 'opencitations', given, [doi(citing, 'citing'), doi(cited, 'cited')])
}

/** A person of ORCID, who names a work. */
export function aPerson(of: string, given: KeptGiven): RecordSnapshot {
  const orcid = { scheme: 'orcid', value: '0000-0002-1825-0097', relation: 'self' }
  return ofKind('author', 'orcid', given, [orcid, doi(of, 'author_of')])
}

export function aPlace(url: string, best = false) {
  return { ...recordOpenAccessLocationDefaults, url, best, version: 'published' }
}

/** What any record may say beside. */
export const anAddition: fc.Arbitrary<Partial<RecordSnapshot>> = fc.record(
  {
    openAccess: fc.constantFrom('gold', 'green', 'closed'),
    licence: fc.constantFrom('cc-by', 'https://creativecommons.org/licenses/by/4.0/', 'cc-by-nc'),
    citedByCount: fc.nat({ max: 3 }),
    openAccessLocations: fc
      .uniqueArray(fc.constantFrom('https://a.example/1', 'http://a.example/1/', 'https://b.example/2'), {
        maxLength: 2,
      })
      .map((urls) => urls.map((url, at) => aPlace(url, at === 1))),
    funders: fc
      .constantFrom('Fonds Boreal', 'FONDS BORÉAL', 'Ice Trust')
      .map((name) => [{ name, identifiers: [], awards: [name.slice(0, 2)] }]),
    language: fc.constantFrom('en', 'hu', null),
    references: fc
      .subarray(['10.5555/alpha', '10.5555/beta', '10.5555/delta'])
      .map((dois) => dois.map((value) => ({ scheme: 'doi', value, raw: null }))),
  },
  { requiredKeys: [] },
)

/** What links and enrichments of small worlds are about. */
export const DOIS = ['10.5555/alpha', '10.5555/beta', '10.5555/gamma', '10.5555/nobody-has']

const said = fc.record({
  kind: fc.constantFrom('enrichment', 'enrichment', 'enrichment', 'citation', 'citation', 'citation', 'author', 'work'),
  one: fc.constantFrom(...DOIS),
  other: fc.constantFrom(...DOIS),
  adds: anAddition,
  deleted: fc.nat({ max: 6 }).map((n) => n === 1),
})

function versionOf(place: number, version: number, { kind, one, other, adds, deleted }: Said): RecordSnapshot {
  const given = { sourceId: `K${place}`, version, deleted }
  // One record of one source, whatever it comes to describe.
  const made =
    kind === 'citation'
      ? aLink(one, other, given)
      : kind === 'author'
        ? aPerson(one, given)
        : anEnrichment(one, { ...given, adds })
  const { recordId, source, eventId } = anEnrichment(one, given)
  return { ...made, recordId, source, eventId, kind }
}
type Said = typeof said extends fc.Arbitrary<infer S> ? S : never

/** Every version of some records, most of which never describe a work. */
export const someOfOtherKinds: fc.Arbitrary<readonly (readonly RecordSnapshot[])[]> = fc
  .array(fc.array(said, { minLength: 1, maxLength: 3 }), { maxLength: 6 })
  .map((all) => all.map((versions, place) => versions.map((one, at) => versionOf(place, at + 1, one))))
