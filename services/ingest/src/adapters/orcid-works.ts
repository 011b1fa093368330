import { parseIssn } from '@atlas/identifiers'
import type { RecordTitle } from '@atlas/schemas'
import type { AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { blankAuthor, blankRecord, isGroupName, venueOf } from './blank.ts'
import { parseLanguage } from './languages.ts'
import { ourWord } from './mapping.ts'
import { ORCID_ROLES, ORCID_TYPES } from './orcid-types.ts'
import { dateIn, externalIds, lineIn, ownerIn, stampIn, textIn, visible, wordOf, workIds } from './orcid-values.ts'
import { identifierOf, isObject, Reading, titleOf } from './reading.ts'

const BOOKS = new Set(['book', 'thesis', 'dissertation', 'report'])
const JOURNALS = new Set(['article', 'review'])

/**
 * A work of somebody's record, whole or in short: `0000-0002-1825-0097/123`. Whoever lists it says that it is his; he
 * is in its byline only where it has one.
 */
export function readOrcidWork(work: JsonObject): AdapterResult {
  const reading = new Reading()
  const owner = ownerIn(work.path)
  const putCode = reading.text(work['put-code'], '/put-code')
  if (owner === undefined) reading.refuse('missing_field', '/path', 'the work does not say in whose record it stands')
  if (putCode === undefined) reading.refuse('missing_field', '/put-code', 'the work has no number')
  else if (!/^\d{1,15}$/.test(putCode)) reading.refuse('invalid_field', '/put-code', 'the number of a work is digits')
  return reading.result(() => {
    const word = wordOf(work.type)
    const type = ourWord(ORCID_TYPES, word) ?? 'other'
    const language = parseLanguage(reading.text(work['language-code'], '/language-code'))
    return {
      ...blankRecord('orcid', `${owner}/${putCode}`),
      sourceUpdatedAt: stampIn(work['last-modified-date']),
      titles: titles(reading, work),
      abstract: lineIn(reading, work['short-description'], '/short-description') ?? null,
      type,
      typeAsGiven: word === '' ? null : word,
      published: dateIn(work['publication-date']) ?? null,
      language: language ?? null,
      languages: language === undefined ? [] : [language],
      venue: venue(reading, work, type),
      identifiers: [
        ...identifierOf('orcid_work', `${owner}/${putCode}`),
        ...workIds(reading, work, '', BOOKS.has(type)),
        ...identifierOf('orcid', owner, 'claimed_by'),
      ],
      authors: contributors(reading, work),
    }
  })
}

function titles(reading: Reading, work: JsonObject): RecordTitle[] {
  const { title, subtitle, 'translated-title': translated } = reading.object(work.title, '/title')
  const language = isObject(translated)
    ? reading.text(translated['language-code'], '/title/translated-title')
    : undefined
  return [
    ...titleOf(lineIn(reading, title, '/title/title'), 'main'),
    ...titleOf(lineIn(reading, subtitle, '/title/subtitle'), 'subtitle'),
    ...titleOf(lineIn(reading, translated, '/title/translated-title'), 'translated', parseLanguage(language)),
  ]
}

/** An ISSN is the journal's, whatever relation was ticked. */
function venue(reading: Reading, work: JsonObject, type: string) {
  const issns = externalIds(work)
    .filter((id) => wordOf(id['external-id-type']) === 'issn')
    .flatMap((id) => parseIssn(textIn(reading, id['external-id-value'], '/external-ids/external-id') ?? '') ?? [])
  const name = lineIn(reading, work['journal-title'], '/journal-title')
  const conference = type === 'conference-paper' ? 'conference' : 'other'
  return venueOf({ name, issns: [...new Set(issns)], type: JOURNALS.has(type) ? 'journal' : conference })
}

/** Since roles of CRediT are taken, whoever has several of them stands there once for each: that is one entry. */
function contributors(reading: Reading, work: JsonObject): NormalisedAuthor[] {
  const seen = new Map<string, Set<string>>()
  const entries = visible(reading, work.contributors, 'contributor').filter((entry, at) => {
    const role = String(attributesOf(entry)['contributor-role'] ?? '')
    if (!role.includes('credit.niso.org')) return true
    const { name, orcid } = who(reading, entry, at)
    const roles = seen.get(`${orcid} ${name}`) ?? new Set()
    seen.set(`${orcid} ${name}`, roles)
    const again = roles.size > 0 && !roles.has(role)
    roles.add(role)
    return !again
  })
  return entries.map((entry, at) => contributor(reading, entry, at))
}

function who(reading: Reading, entry: JsonObject, at: number) {
  const pointer = `/contributors/contributor/${at}`
  const { path, uri } = isObject(entry['contributor-orcid']) ? entry['contributor-orcid'] : {}
  return {
    name: lineIn(reading, entry['credit-name'], `${pointer}/credit-name`) ?? '',
    orcid:
      reading.text(path, `${pointer}/contributor-orcid/path`) ?? reading.text(uri, `${pointer}/contributor-orcid/uri`),
    email: lineIn(reading, entry['contributor-email'], `${pointer}/contributor-email`),
  }
}

function contributor(reading: Reading, entry: JsonObject, at: number): NormalisedAuthor {
  const { name, orcid, email } = who(reading, entry, at)
  const role = wordOf(attributesOf(entry)['contributor-role'])
  return {
    ...blankAuthor(at + 1),
    name,
    collective: isGroupName(name),
    orcid: reading.orcid(orcid, `/contributors/contributor/${at}/contributor-orcid`),
    email: email?.toLowerCase() ?? null,
    role: role === '' || role.includes('credit.niso.org') ? 'author' : (ourWord(ORCID_ROLES, role) ?? role),
  }
}

function attributesOf(entry: JsonObject): JsonObject {
  const attributes = entry['contributor-attributes']
  return isObject(attributes) ? attributes : {}
}

/** The identifiers of the works in a list, for the record of the person whose works they are. */
export function authoredIds(reading: Reading, works: JsonObject, pointer: string) {
  return reading.oneOrMore(works.group).flatMap((group, at) =>
    visible(reading, group, 'work-summary').flatMap((summary) => {
      const type = ourWord(ORCID_TYPES, wordOf(summary.type)) ?? 'other'
      const own = workIds(reading, summary, `${pointer}/group/${at}`, BOOKS.has(type))
      return own.flatMap(({ scheme, value, relation }) =>
        identifierOf(scheme, relation === 'self' ? value : null, 'author_of'),
      )
    }),
  )
}
