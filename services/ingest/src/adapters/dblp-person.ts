import { parseOrcid } from '@atlas/identifiers'
import type { RecordPersonName } from '@atlas/schemas'
import { childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { AdapterResult } from './adapter.ts'
import { blankRecord } from './blank.ts'
import { withoutNumber } from './dblp-work.ts'
import { identifierOf, type Reading } from './reading.ts'

/** A person of dblp: `<www key="homepages/…">`. A page that only points to another person's was merged into it. */
export function readPerson(reading: Reading, page: XmlElement, key: string, stamp: number | null): AdapterResult {
  const publtype = page.attributes['publtype'] ?? ''
  if (/\b(?:disambiguation|group)\b/.test(publtype)) {
    reading.refuse('invalid_enum', '/@publtype', 'pages of one person are taken, this is a list of people')
  }
  const names = childrenOf(page, 'author').flatMap((author) => lineOf(author) ?? [])
  const urls = childrenOf(page, 'url').flatMap((url) => lineOf(url) ?? [])
  const merged = lineOf(childrenOf(page, 'crossref')[0])
  return reading.result(() => ({
    ...blankRecord('dblp', key),
    kind: 'author',
    sourceUpdatedAt: stamp,
    ...(merged === undefined ? {} : { deleted: true, deletedBecause: 'deleted' }),
    typeAsGiven: publtype === '' ? 'www' : `www ${publtype}`,
    titles: names.slice(0, 1).map((name) => ({ text: withoutNumber(name), language: null, kind: 'main' })),
    identifiers: [
      ...identifierOf('dblp_author', pidOf(key)),
      // Author entries of works name a person by name and number.
      ...names.filter((name) => withoutNumber(name) !== name).flatMap((name) => identifierOf('dblp_author', name)),
      ...urls.flatMap(urlIdentifier),
      ...identifierOf('dblp_author', merged && pidOf(merged), 'version_of'),
    ],
    person: {
      names: namesOf(names, page),
      affiliations: notesOf(page, 'affiliation').map((name) => ({
        ...{ name, ror: null, country: null, department: null, role: null, kind: 'affiliation' },
        ...{ startYear: null, startMonth: null, endYear: null, endMonth: null, identifiers: [] },
      })),
      emails: [],
      urls,
      countries: [],
      biography: null,
    },
  }))
}

function pidOf(key: string): string {
  return key.replace(/^homepages\//, '')
}

function namesOf(names: readonly string[], page: XmlElement): RecordPersonName[] {
  const all = [...new Set([...names.map(withoutNumber), ...notesOf(page, 'uname')])]
  return all.map((name, at) => ({ name, given: null, family: null, kind: at === 0 ? 'main' : 'other' }))
}

function notesOf(page: XmlElement, type: string): string[] {
  return childrenOf(page, 'note').flatMap((note) => (note.attributes['type'] === type ? (lineOf(note) ?? []) : []))
}

function urlIdentifier(url: string) {
  const orcid = /^https?:\/\/orcid\.org\//i.test(url) ? parseOrcid(url) : undefined
  const wikidata = /^https?:\/\/www\.wikidata\.org\/(?:entity|wiki)\/(Q\d+)$/.exec(url)?.[1]
  return [...identifierOf('orcid', orcid), ...identifierOf('wikidata', wikidata)]
}
