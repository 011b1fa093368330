import type { RecordDatedEvent, RecordFunder } from '@atlas/schemas'
import { at, childOf, childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import { parsePartialDate } from './dates.ts'
import { openPlace } from './open-access.ts'
import { plainTextOf } from './plain-text.ts'

/** The file as it was deposited, else the page that serves it, else a place elsewhere where the text is open. */
export function openFile(edition: XmlElement | undefined): XmlElement | undefined {
  const refs = childrenOf(edition, 'ref')
  const files = refs.filter(({ attributes }) => attributes.type === 'file')
  const deposited = files.find(({ attributes }) => attributes.subtype !== undefined)
  return deposited ?? files[0] ?? refs.find(({ attributes }) => attributes.type === 'externalLink')
}

export function licenceOf(full: XmlElement | undefined): string | undefined {
  const licence = at(full, 'publicationStmt', 'availability', 'licence')
  return licence?.attributes.target ?? lineOf(licence)
}

export function placeOf(full: XmlElement | undefined, file: XmlElement) {
  const idnos = childrenOf(childOf(full, 'publicationStmt'), 'idno')
  const page = lineOf(idnos.find(({ attributes }) => attributes.type === 'halUri'))
  const { target } = file.attributes
  return openPlace(page ?? target, { pdfUrl: target, host: 'repository', licence: licenceOf(full), best: true })
}

// Projects have an id in the document, which begins with what they are; their number stands among the organisations.
const PROJECTS: readonly (readonly [string, string, string])[] = [
  ['anrProject', 'anr', 'Agence nationale de la recherche'],
  ['europeanProject', 'number', 'European Commission'],
]

/** Projects of the ANR and of the Union by their numbers, and whoever else the depositor names. */
export function fundersIn(full: XmlElement | undefined, tei: XmlElement): RecordFunder[] {
  const given = childrenOf(childOf(full, 'titleStmt'), 'funder')
  const orgs = childrenOf(at(tei, 'text', 'back'), 'listOrg').flatMap((list) => childrenOf(list, 'org'))
  const named = new Set(given.map(({ attributes }) => attributes.ref?.replace(/^#/, '')))
  const projects = PROJECTS.flatMap(([type, scheme, name]): RecordFunder[] => {
    const own = orgs.filter(({ attributes }) => attributes.type === type && named.has(attributes['xml:id']))
    const numbers = own.flatMap((org) => childrenOf(org, 'idno').filter(({ attributes }) => attributes.type === scheme))
    const awards = numbers.flatMap((number) => lineOf(number) ?? [])
    return awards.length === 0 ? [] : [{ name, identifiers: [], awards }]
  })
  const others = given.flatMap((funder) => {
    const name = plainTextOf(lineOf(funder))
    return name === undefined ? [] : { name, identifiers: [], awards: [] }
  })
  return [...projects, ...others]
}

/** The dates beside that of publication. */
export function datesOf(struct: XmlElement | undefined, edition: XmlElement | undefined): RecordDatedEvent[] {
  const imprint = at(struct, 'monogr', 'imprint')
  const events = [
    ['submitted', dateOf(edition, 'whenSubmitted')],
    ['online', dateOf(imprint, 'dateEpub')],
    ['defended', dateOf(imprint, 'dateDefended')],
  ] as const
  return events.flatMap(([kind, text]) => {
    const date = parsePartialDate(text ?? '')
    return date === undefined ? [] : { kind, ...date }
  })
}

export function dateOf(element: XmlElement | undefined, type: string): string | undefined {
  const date = childrenOf(element, 'date').find(({ attributes }) => attributes.type === type)
  return lineOf(date) ?? date?.attributes.when
}
