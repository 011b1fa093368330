import { parseArxivId, parseDoi, parseIsbn, parseIssn, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordIdentifier, RecordPartialDate, RecordReference } from '@atlas/schemas'
import type { Shape } from '../../formats/shape.ts'
import type { Adapter, AdapterResult, JsonObject, JsonValue, NormalisedAuthor } from '../adapter.ts'
import { blankRecord, pagesOf, venueOf } from '../blank.ts'
import { parseInstant, parsePartialDate } from '../dates.ts'
import { parseLanguage } from '../languages.ts'
import { openPlace } from '../open-access.ts'
import { plainText } from '../plain-text.ts'
import { Reading, titleOf } from '../reading.ts'
import { isSourceId } from '../source-id.ts'
import { objectOfBibtex, objectOfRis, objectOfXml } from './as-object.ts'
import { peopleBy } from './mapped-people.ts'
import type { Mapping, Rule } from './mapping-file.ts'
import { isSet, keysOf, textBy, textsBy } from './values.ts'

/** The adapter of a source that is told by a file what is where. `onRecord` sees each record before it is read. */
export function mappedSource(mapping: Mapping, onRecord: (record: JsonObject) => void = () => undefined): Adapter {
  const { source, version, format, separator, fields } = mapping
  const read = (record: JsonObject): AdapterResult => {
    onRecord(record)
    return readMapped(mapping, record)
  }
  return {
    source,
    version,
    formats: [format],
    shapes: shapesOf(mapping),
    csv: { separator },
    mapping: {
      takes: `records in ${format}, mapped by a file`,
      types: fields.type?.words ?? {},
      openAccess: Object.entries(fields.openAccess?.words ?? {}).map(([word, status]) => ({ when: word, status })),
    },
    readJson: read,
    readCsv: read,
    readXml: (element) => read(objectOfXml(element)),
    readBibtex: (entry) => read(objectOfBibtex(entry)),
    readRis: (entry) => read(objectOfRis(entry)),
    idOf(text) {
      const { strip = '' } = fields.id
      const id = text.trim()
      const bare = strip !== '' && id.startsWith(strip) ? id.slice(strip.length) : id
      return isSourceId(bare) ? bare : undefined
    },
  }
}

function shapesOf({ records, element }: Mapping): Shape[] {
  if (element !== undefined) return [{ format: 'xml', uri: element.namespace, local: element.name }]
  if (records === undefined) return []
  const keys = keysOf(records).filter((key) => key !== '*')
  return [{ format: 'json', path: [...keys, '*'] }]
}

function readMapped(mapping: Mapping, record: JsonValue): AdapterResult {
  const { source, fields } = mapping
  const reading = new Reading()
  const id = reading.sourceId(textBy(fields.id, record), pointerOf(fields.id))
  return reading.result(() => {
    const line = (rule: Rule | undefined) => plainLine(textBy(rule, record))
    const language = parseLanguage(textBy(fields.language, record))
    const people: NormalisedAuthor[] = []
    for (const rule of fields.people) people.push(...peopleBy(reading, rule, record, people.length))
    const given = fields.type && textBy({ ...fields.type, words: undefined, otherwise: undefined }, record)
    const deleted = isSet(fields.deleted, record)
    return {
      ...blankRecord(source, id),
      sourceUpdatedAt: stampOf(reading, mapping, record),
      ...(deleted ? { deleted, deletedBecause: 'deleted' } : {}),
      titles: [
        ...titleOf(line(fields.title), 'main', language),
        ...titleOf(line(fields.subtitle), 'subtitle', language),
        ...titleOf(line(fields.translatedTitle), 'translated'),
      ],
      abstract: line(fields.abstract) ?? null,
      type: textBy(fields.type, record) ?? 'other',
      typeAsGiven: given ?? null,
      published: dateOf(reading, mapping, record),
      language: language ?? null,
      venue: venue(mapping, record, line),
      identifiers: identifiers(reading, mapping, record),
      authors: people,
      subjects: fields.subjects.flatMap(({ scheme, ...rule }) =>
        textsBy(rule, record).map((one) => ({ scheme, id: null, label: plainText(one), score: null })),
      ),
      funders: textsBy(fields.funders, record).map((name) => ({ name: plainText(name), identifiers: [], awards: [] })),
      references: textsBy(fields.references, record).map(reference),
      openAccess: textBy(fields.openAccess, record) ?? null,
      openAccessLocations: textsBy(fields.openAccessUrl, record).flatMap((url) => openPlace(url)),
      licence: textBy(fields.licence, record) ?? null,
      retracted: isSet(fields.retracted, record),
    }
  })
}

function plainLine(text: string | undefined): string | undefined {
  const plain = text === undefined ? '' : plainText(text)
  return plain === '' ? undefined : plain
}

function pointerOf(rule: Rule): string {
  const [first = ''] = rule.from ?? []
  return first.startsWith('/') ? first : `/${first}`
}

const OTHER_ORDER = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b/

/** `31/12/2024` as `2024-12-31`, by what the mapping says of dates. */
function yearFirst(given: string, { dates }: Mapping): string {
  const text = given.slice(0, 100) // a date is not longer
  const found = dates === 'year-first' ? null : OTHER_ORDER.exec(text)
  if (found === null) return text.replace(/\/+$/, '')
  const [, one = '', other = '', year = ''] = found
  const [month, day] = dates === 'day-first' ? [other, one] : [one, other]
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function dateOf(reading: Reading, mapping: Mapping, record: JsonValue): RecordPartialDate | null {
  const rule = mapping.fields.published
  const text = textBy(rule, record)
  const date = text === undefined ? undefined : parsePartialDate(yearFirst(text, mapping))
  if (rule !== undefined && text !== undefined && date === undefined) reading.warn('date_unusable', pointerOf(rule))
  return date ?? null
}

function stampOf(reading: Reading, mapping: Mapping, record: JsonValue): number | null {
  const rule = mapping.fields.updated
  const text = textBy(rule, record)
  const stamp = text === undefined ? undefined : parseInstant(yearFirst(text, mapping))
  if (rule !== undefined && text !== undefined && stamp === undefined) reading.warn('date_unusable', pointerOf(rule))
  return stamp ?? null
}

function venue({ fields }: Mapping, record: JsonValue, line: (rule: Rule | undefined) => string | undefined) {
  const { venue } = fields
  if (venue === undefined) return null
  const text = (rule: Rule | undefined) => textBy(rule, record)
  const pages = pagesOf(text(venue.pages))
  return venueOf({
    name: line(venue.name),
    type: text(venue.type),
    publisher: line(venue.publisher),
    volume: text(venue.volume),
    issue: text(venue.issue),
    firstPage: text(venue.firstPage) ?? pages.firstPage,
    lastPage: text(venue.lastPage) ?? pages.lastPage,
    issns: [...new Set(textsBy(venue.issn, record).flatMap((issn) => parseIssn(issn) ?? []))],
  })
}

const PARSERS: Readonly<Record<string, (text: string) => string | undefined>> = {
  doi: parseDoi,
  pmid: parsePmid,
  pmcid: parsePmcid,
  isbn: parseIsbn,
  issn: parseIssn,
  arxiv: (text) => parseArxivId(text)?.id,
}

function identifiers(reading: Reading, { fields }: Mapping, record: JsonValue): RecordIdentifier[] {
  return fields.identifiers.flatMap(({ scheme, relation, ...rule }) => {
    const parse = Object.hasOwn(PARSERS, scheme) ? PARSERS[scheme] : undefined
    return textsBy(rule, record).flatMap((given) => {
      const value = parse === undefined ? given : reading.parsed(given, parse, `${scheme}_unusable`, pointerOf(rule))
      return value === undefined ? [] : [{ scheme, value, relation }]
    })
  })
}

function reference(given: string): RecordReference {
  const value = parseDoi(given)
  return value === undefined
    ? { scheme: null, value: null, raw: plainText(given) }
    : { scheme: 'doi', value, raw: null }
}
