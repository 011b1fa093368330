import { parseOrcid, parseS2AuthorId } from '@atlas/identifiers'
import { type RecordIdentifier, recordPersonAffiliationDefaults } from '@atlas/schemas'
import type { AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, isGroupName } from './blank.ts'
import { count, identifierOf, Reading } from './reading.ts'

/** Names and ids that the source gives for an author, on a paper or alone. */
interface Known {
  readonly id: string | undefined
  readonly name: string
  readonly otherNames: readonly string[]
  readonly orcid: string | null
  readonly dblp: readonly string[]
  readonly affiliations: readonly string[]
}

function known(reading: Reading, given: JsonObject, pointer: string): Known {
  const name = reading.plain(given.name, `${pointer}/name`) ?? ''
  const ids = reading.object(given.externalIds ?? given.externalids, `${pointer}/externalIds`)
  const texts = (value: JsonObject[string], place: string) =>
    reading.oneOrMore(value).flatMap((text, at) => reading.plain(text, `${pointer}/${place}/${at}`) ?? [])
  const [orcid] = texts(ids.ORCID, 'externalIds/ORCID')
  const dblp = texts(ids.DBLP, 'externalIds/DBLP')
  const id = reading.text(given.authorId, `${pointer}/authorId`)
  return {
    id: reading.parsed(id, parseS2AuthorId, 's2_author_unusable', `${pointer}/authorId`),
    name,
    // The id of dblp is the name there, numbered where several bear it.
    otherNames: [
      ...new Set([...texts(given.aliases, 'aliases'), ...dblp.map((id) => id.replace(/ \d{4}$/, ''))]),
    ].filter((form) => form !== name),
    orcid: reading.parsed(orcid, parseOrcid, 'orcid_unusable', `${pointer}/externalIds/ORCID`) ?? null,
    dblp,
    affiliations: texts(given.affiliations, 'affiliations'),
  }
}

/** The byline. An author whom Semantic Scholar could not tell has no id. */
export function s2Authors(reading: Reading, paper: JsonObject): NormalisedAuthor[] {
  return reading.objects(paper.authors, '/authors').map((entry, at) => {
    const { id, name, otherNames, orcid, dblp, affiliations } = known(reading, entry, `/authors/${at}`)
    return {
      ...blankAuthor(at + 1),
      name,
      nameForms: [...otherNames],
      collective: isGroupName(name),
      orcid,
      sourceIds: [
        ...(id === undefined ? [] : [{ scheme: 's2_author', value: id }]),
        ...dblp.map((value) => ({ scheme: 'dblp_author', value })),
      ],
      affiliations: affiliations.map((affiliation) => affiliationNamed(affiliation)),
    }
  })
}

/** An author of the Graph API or of the data set `authors`. */
export function readS2Author(given: JsonObject): AdapterResult {
  const reading = new Reading()
  const sourceId = reading.sourceId(given.authorId, '/authorId')
  if (sourceId !== '' && parseS2AuthorId(sourceId) === undefined) {
    reading.refuse('invalid_field', '/authorId', 'this is not an id of an author of Semantic Scholar')
  }
  return reading.result(() => {
    const { id, name, otherNames, orcid, dblp, affiliations } = known(reading, given, '')
    const homepage = reading.text(given.homepage, '/homepage')
    return {
      ...blankRecord('semanticscholar', id ?? ''),
      kind: 'author',
      identifiers: [...identifierOf('s2_author', id), ...ids('dblp_author', dblp), ...identifierOf('orcid', orcid)],
      citedByCount: count(given.citationCount ?? given.citationcount),
      person: {
        names: [
          ...(name === '' ? [] : [{ name, given: null, family: null, kind: 'main' }]),
          ...otherNames.map((form) => ({ name: form, given: null, family: null, kind: 'other' })),
        ],
        affiliations: affiliations.map((affiliation) => ({
          ...recordPersonAffiliationDefaults,
          name: affiliation,
          kind: 'current',
        })),
        emails: [],
        urls: homepage === undefined ? [] : [homepage],
        countries: [],
        biography: null,
      },
    }
  })
}

function ids(scheme: string, values: readonly string[]): RecordIdentifier[] {
  return values.flatMap((value) => identifierOf(scheme, value))
}
