import { parseDoi, parseRor } from '@atlas/identifiers'
import type { RecordDatedEvent, RecordFunder, RecordOpenAccessLocation, RecordReference } from '@atlas/schemas'
import type { JsonObject, JsonValue } from './adapter.ts'
import { partialDate } from './dates.ts'
import { referenceAsGiven, referenceTo } from './listed.ts'
import { openPlace } from './open-access.ts'
import { isObject, type Reading } from './reading.ts'

/** Year, month and day of `{"date-parts":[[2020,3]]}`; undefined when there is no year. */
export function dateParts(value: JsonValue | undefined): [number, number | undefined, number | undefined] | undefined {
  if (!isObject(value)) return undefined
  const [first] = Array.isArray(value['date-parts']) ? value['date-parts'] : []
  if (!Array.isArray(first)) return undefined
  const [year, month, day] = first.map((part) => (part === null ? undefined : Number(part)))
  return [year ?? 0, month, day]
}

const EVENTS = {
  'published-online': 'online',
  'published-print': 'print',
  'published-other': 'other',
  posted: 'posted',
  accepted: 'accepted',
  approved: 'approved',
} as const

/** The dates beside that of publication. */
export function datesOf(work: JsonObject): RecordDatedEvent[] {
  return Object.entries(EVENTS).flatMap(([key, kind]) => {
    const parts = dateParts(work[key])
    const date = parts === undefined ? undefined : partialDate(...parts)
    return date === undefined ? [] : { kind, ...date }
  })
}

/** Funders by their DOI in the Funder Registry, or ROR, with their awards. */
export function funders(reading: Reading, work: JsonObject): RecordFunder[] {
  return reading.objects(work.funder, '/funder').flatMap((funder, at) => {
    const name = reading.plain(funder.name, `/funder/${at}/name`)
    const doi = reading.doi(reading.text(funder.DOI, `/funder/${at}/DOI`), `/funder/${at}/DOI`)
    const rors = reading.objects(funder.id, `/funder/${at}/id`).flatMap((id) => parseRor(String(id.id)) ?? [])
    const awards = reading
      .oneOrMore(funder.award)
      .flatMap((award, n) => reading.plain(award, `/funder/${at}/award/${n}`) ?? [])
    if (name === undefined && doi === undefined && awards.length === 0) return []
    return {
      name: name ?? null,
      identifiers: [
        ...(doi === undefined ? [] : [{ scheme: 'doi', value: doi }]),
        ...rors.map((ror) => ({ scheme: 'ror', value: ror })),
      ],
      awards,
    }
  })
}

const PARTS = [
  'author',
  'year',
  'article-title',
  'volume-title',
  'journal-title',
  'series-title',
  'volume',
  'first-page',
]

/** The list of references; what Crossref could not match is kept as the publisher sent it. */
export function references(reading: Reading, work: JsonObject): RecordReference[] {
  return reading.objects(work.reference, '/reference').flatMap((entry, at) => {
    const doi = typeof entry.DOI === 'string' ? parseDoi(entry.DOI) : undefined
    if (doi !== undefined) return referenceTo('doi', doi)
    const raw =
      reading.plain(entry.unstructured, `/reference/${at}/unstructured`) ??
      PARTS.flatMap((key) => reading.plain(entry[key], `/reference/${at}/${key}`) ?? []).join(', ')
    return referenceAsGiven(raw)
  })
}

/** The licence of the version of record, else of any version. */
export function licenceOf(reading: Reading, work: JsonObject): string | null {
  const licences = reading.objects(work.license, '/license')
  const one = licences.find((licence) => licence['content-version'] === 'vor') ?? licences[0]
  return reading.text(one?.URL, '/license/0/URL') ?? null
}

/** A text under a licence of Creative Commons is free where the DOI leads. */
export function openPlaces(reading: Reading, work: JsonObject, doi: string | undefined): RecordOpenAccessLocation[] {
  if (doi === undefined) return []
  const free = reading
    .objects(work.license, '/license')
    .find(({ URL: url }) => typeof url === 'string' && url.includes('creativecommons.org'))
  if (free === undefined) return []
  const version = reading.text(free['content-version'], '/license/0/content-version')
  const licence = reading.text(free.URL, '/license/0/URL')
  return openPlace(`https://doi.org/${doi}`, { host: 'publisher', version, licence, best: true })
}
