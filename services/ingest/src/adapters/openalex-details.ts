import { parseArxivId, parseDoi, parseHalId, parseOpenAlexId } from '@atlas/identifiers'
import type { RecordFunder, RecordIdentifier, RecordOpenAccessLocation, RecordReference } from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
import { referenceTo } from './listed.ts'
import { openPlace } from './open-access.ts'
import { identifierOf, isObject, type Reading } from './reading.ts'

/** What a work's other places are called there. OpenAlex puts preprint and article into one work, so they are versions. */
export function locationIdentifiers(reading: Reading, work: JsonObject): RecordIdentifier[] {
  return reading.objects(work.locations, '/locations').flatMap((location, at) => {
    const url = reading.text(location.landing_page_url, `/locations/${at}/landing_page_url`)
    if (url === undefined) return []
    return [
      ...identifierOf('doi', parseDoi(url), 'has_version'),
      ...identifierOf('arxiv', parseArxivId(url)?.id, 'has_version'),
      ...identifierOf('hal', parseHalId(url)?.id, 'has_version'),
    ]
  })
}

/** Where it can be read; the best place is named by its address. */
export function openPlaces(reading: Reading, work: JsonObject): RecordOpenAccessLocation[] {
  const best = reading.object(work.best_oa_location, '/best_oa_location').landing_page_url
  return reading.objects(work.locations, '/locations').flatMap((location, at) => {
    if (location.is_oa !== true) return []
    const text = (key: string) => reading.text(location[key], `/locations/${at}/${key}`)
    const url = text('landing_page_url')
    const { source } = location
    return openPlace(url, {
      pdfUrl: text('pdf_url'),
      host: isObject(source) ? (source.type === 'repository' ? 'repository' : 'publisher') : undefined,
      version: text('version'),
      licence: text('license'),
      best: url !== undefined && url === best,
    })
  })
}

/** Funders and awards: two lists today, one list of grants until 2025. */
export function funders(reading: Reading, work: JsonObject): RecordFunder[] {
  const found = new Map<string, { name: string | null; ids: RecordFunder['identifiers']; awards: string[] }>()
  const funder = (id: string | undefined, name: string | undefined, ror?: string | null) => {
    const openalex = id === undefined ? undefined : parseOpenAlexId(id)
    const key = openalex ?? name ?? ''
    const known = found.get(key) ?? {
      name: name ?? null,
      ids: [
        ...(openalex === undefined ? [] : [{ scheme: 'openalex', value: openalex as string }]),
        ...(ror ? [{ scheme: 'ror', value: ror }] : []),
      ],
      awards: [],
    }
    found.set(key, known)
    return known
  }
  for (const [at, item] of reading.objects(work.funders, '/funders').entries()) {
    const text = (key: string) => reading.text(item[key], `/funders/${at}/${key}`)
    funder(text('id'), text('display_name'), reading.ror(text('ror'), `/funders/${at}/ror`))
  }
  for (const [list, id, name, award] of GRANTS) {
    for (const [at, item] of reading.objects(work[list], `/${list}`).entries()) {
      const text = (key: string) => reading.text(item[key], `/${list}/${at}/${key}`)
      const number = text(award)
      const { awards } = funder(text(id), text(name))
      if (number !== undefined && !awards.includes(number)) awards.push(number)
    }
  }
  return [...found.values()]
    .filter(({ name, ids, awards }) => name !== null || ids.length > 0 || awards.length > 0)
    .map(({ name, ids, awards }) => ({ name, identifiers: ids, awards }))
}

const GRANTS = [
  ['awards', 'funder_id', 'funder_display_name', 'funder_award_id'],
  ['grants', 'funder', 'funder_display_name', 'award_id'],
] as const

/** Works referred to, by their ids in OpenAlex. */
export function references(reading: Reading, work: JsonObject): RecordReference[] {
  return reading.list(work.referenced_works, '/referenced_works').flatMap((url) => {
    const id = typeof url === 'string' ? parseOpenAlexId(url) : undefined
    return id === undefined ? [] : referenceTo('openalex', id)
  })
}

/** Each line on the paper, with the institutions that OpenAlex made of it: the lines of an institution, by its id. */
export function linesByInstitution(reading: Reading, entry: JsonObject, pointer: string): Map<string, string> {
  const lines = new Map<string, string>()
  if (!Array.isArray(entry.affiliations)) return lines
  for (const [at, one] of reading.objects(entry.affiliations, `${pointer}/affiliations`).entries()) {
    const line = reading.plain(one.raw_affiliation_string, `${pointer}/affiliations/${at}/raw_affiliation_string`)
    if (line === undefined || !Array.isArray(one.institution_ids)) continue
    for (const id of one.institution_ids) if (typeof id === 'string' && !lines.has(id)) lines.set(id, line)
  }
  return lines
}
