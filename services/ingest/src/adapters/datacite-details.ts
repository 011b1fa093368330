import { parseDoi, parseRor } from '@atlas/identifiers'
import type { RecordDatedEvent, RecordFunder, RecordOpenAccessLocation } from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
import { parsePartialDate } from './dates.ts'
import { ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import type { Reading } from './reading.ts'

/** Funders, those that come twice joined; their ids by the scheme that DataCite names. */
export function funders(reading: Reading, attributes: JsonObject): RecordFunder[] {
  const found = new Map<string, { readonly identifiers: RecordFunder['identifiers']; readonly awards: string[] }>()
  for (const [at, item] of reading.objects(attributes.fundingReferences, '/attributes/fundingReferences').entries()) {
    const pointer = `/attributes/fundingReferences/${at}`
    const name = reading.plain(item.funderName, `${pointer}/funderName`)
    if (name === undefined) continue
    const award = reading.text(item.awardNumber, `${pointer}/awardNumber`)
    const id = reading.text(item.funderIdentifier, `${pointer}/funderIdentifier`)
    const known = found.get(name) ?? { identifiers: funderId(id, String(item.funderIdentifierType ?? '')), awards: [] }
    if (award !== undefined && !known.awards.includes(award)) known.awards.push(award)
    found.set(name, known)
  }
  return [...found].map(([name, { identifiers, awards }]) => ({ name, identifiers, awards }))
}

function funderId(id: string | undefined, type: string): RecordFunder['identifiers'] {
  if (id === undefined) return []
  const doi = parseDoi(id)
  if (doi !== undefined) return [{ scheme: 'doi', value: doi }]
  const ror = parseRor(id)
  if (ror !== undefined) return [{ scheme: 'ror', value: ror }]
  return [{ scheme: type.toLowerCase().replace(/ id$/, '') || 'other', value: id.trim() }]
}

const EVENTS: Readonly<Record<string, string>> = {
  Submitted: 'submitted',
  Accepted: 'accepted',
  Available: 'online',
  Created: 'created',
  Updated: 'updated',
  Withdrawn: 'withdrawn',
  Valid: 'valid',
  Copyrighted: 'copyright',
}

/** A date as given with its year in the common era. */
export type Era = (date: string) => string

/** The dates beside that of publication; ranges are as precise as their begin. */
export function datesOf(reading: Reading, attributes: JsonObject, era: Era): RecordDatedEvent[] {
  return reading.objects(attributes.dates, '/attributes/dates').flatMap(({ date, dateType }) => {
    const kind = ourWord(EVENTS, String(dateType))
    const parsed = typeof date === 'string' ? parsePartialDate(era(date.split('/')[0] ?? '')) : undefined
    return kind === undefined || parsed === undefined ? [] : { kind, ...parsed }
  })
}

// What may be read, as the vocabularies of repositories say it: info:eu-repo, and COAR's access rights.
// https://vocabularies.coar-repositories.org/access_rights/
const MAY = /info:eu-repo\/semantics\/openAccess|coar\/access_right\/c_abf2/i
const MAY_NOT =
  /info:eu-repo\/semantics\/(?:closed|restricted|embargoed)Access|coar\/access_right\/c_(?:14cb|16ec|f1cf)/i
const OPEN = /creativecommons\.org|opensource\.org|opendatacommons\.org/i
const OPEN_SPDX = /^(?:cc-|cc0|mit$|apache-|bsd-|gpl-|lgpl-|agpl-|odbl|odc-|pddl)/i

interface Rights {
  readonly licence: string | null
  /** Whether everybody may read; undefined where nothing is said of it. */
  readonly open: boolean | undefined
}

/**
 * The licence by its SPDX id, else its address, else its words; and whether everybody may read. What is said of access goes
 * before a licence: an embargo ends, and the licence is of what comes then.
 */
export function rightsOf(reading: Reading, attributes: JsonObject): Rights {
  const all = reading.objects(attributes.rightsList, '/attributes/rightsList').map((item, at) => {
    const text = (key: string) => reading.text(item[key], `/attributes/rightsList/${at}/${key}`)
    const [id, uri, words] = [text('rightsIdentifier'), text('rightsUri'), text('rights')]
    const said = `${uri} ${words}`
    const [may, mayNot] = [MAY.test(said), MAY_NOT.test(said)]
    const open = may || OPEN.test(uri ?? '') || OPEN_SPDX.test(id ?? '')
    return { words: may || mayNot ? undefined : (id ?? uri ?? words), open, closed: mayNot }
  })
  const best =
    all.find(({ words, open }) => open && words !== undefined) ?? all.find(({ words }) => words !== undefined)
  const open = all.some((one) => one.open) || undefined
  return { licence: best?.words ?? null, open: all.some(({ closed }) => closed) ? false : open }
}

/** What is free is free where its DOI leads: a repository. */
export function openPlaces(reading: Reading, attributes: JsonObject, { licence, open }: Rights) {
  if (open !== true) return [] satisfies RecordOpenAccessLocation[]
  const url = reading.text(attributes.url, '/attributes/url')
  return openPlace(url, { host: 'repository', licence: licence ?? undefined, best: true })
}
