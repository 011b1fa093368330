import type { RecordDatedEvent, RecordFunder, RecordOpenAccessLocation } from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
import { parsePartialDate } from './dates.ts'
import { openPlace } from './open-access.ts'
import type { Reading } from './reading.ts'

// Fields of the search API: https://api.archives-ouvertes.fr/docs/search/?schema=fields

/** Projects of the ANR and of the Union by their numbers, and whoever else the depositor names. */
export function funders(reading: Reading, doc: JsonObject): RecordFunder[] {
  const texts = (key: string) =>
    reading.oneOrMore(doc[key]).flatMap((one, at) => reading.plain(one, `/${key}/${at}`) ?? [])
  const known = (name: string, key: string): RecordFunder[] => {
    const awards = texts(key)
    return awards.length === 0 ? [] : [{ name, identifiers: [], awards }]
  }
  return [
    ...known('Agence nationale de la recherche', 'anrProjectReference_s'),
    ...known('European Commission', 'europeanProjectReference_s'),
    ...texts('funding_s').map((name) => ({ name, identifiers: [], awards: [] })),
  ]
}

/** The page of an open deposit, with its main file, or where it is open elsewhere. */
export function openPlaces(reading: Reading, doc: JsonObject): RecordOpenAccessLocation[] {
  if (doc.openAccess_bool !== true) return []
  const text = (key: string) => reading.text(reading.oneOrMore(doc[key])[0], `/${key}`)
  return openPlace(text('uri_s'), {
    pdfUrl: text('files_s') ?? text('fileMain_s') ?? text('linkExtUrl_s'),
    host: 'repository',
    licence: text('licence_s'),
    best: true,
  })
}

const EVENTS = { submittedDate_s: 'submitted', ePublicationDate_s: 'online', defenseDate_s: 'defended' } as const

export function datesOf(reading: Reading, doc: JsonObject): RecordDatedEvent[] {
  return Object.entries(EVENTS).flatMap(([key, kind]) => {
    const date = parsePartialDate(reading.text(doc[key], `/${key}`) ?? '')
    return date === undefined ? [] : { kind, ...date }
  })
}
