import { parseDoi, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordDatedEvent, RecordFunder, RecordOpenAccessLocation, RecordReference } from '@atlas/schemas'
import { at, childOf, childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import { referenceAsGiven, referenceTo } from './listed.ts'
import { ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { plainTextOf } from './plain-text.ts'
import { dateIn } from './pubmed-dates.ts'

/** Agencies and their grants, each agency once. */
export function funders(article: XmlElement | undefined): RecordFunder[] {
  const found = new Map<string, string[]>()
  for (const grant of childrenOf(childOf(article, 'GrantList'), 'Grant')) {
    const agency = plainTextOf(lineOf(childOf(grant, 'Agency'))) ?? ''
    const award = lineOf(childOf(grant, 'GrantID'))
    const awards = found.get(agency) ?? []
    if (award !== undefined && !awards.includes(award)) awards.push(award)
    if (agency !== '' || award !== undefined) found.set(agency, awards)
  }
  return [...found].map(([name, awards]) => ({ name: name === '' ? null : name, identifiers: [], awards }))
}

/** The list of references, which may stand in lists within the list; what has no id is kept as it is cited. */
export function references(element: XmlElement): RecordReference[] {
  const read = (list: XmlElement): RecordReference[] => [
    ...childrenOf(list, 'Reference').flatMap(reference),
    ...childrenOf(list, 'ReferenceList').flatMap(read),
  ]
  return childrenOf(childOf(element, 'PubmedData'), 'ReferenceList').flatMap(read)
}

function reference(element: XmlElement): RecordReference[] {
  const ids = childrenOf(childOf(element, 'ArticleIdList'), 'ArticleId')
  const id = (type: string) => lineOf(ids.find(({ attributes }) => attributes.IdType === type)) ?? ''
  const pmid = parsePmid(id('pubmed'))
  if (pmid !== undefined) return [referenceTo('pmid', pmid)]
  const doi = parseDoi(id('doi'))
  if (doi !== undefined) return [referenceTo('doi', doi)]
  const pmcid = parsePmcid(id('pmc'))
  if (pmcid !== undefined) return [referenceTo('pmcid', pmcid)]
  return referenceAsGiven(plainTextOf(lineOf(childOf(element, 'Citation'))))
}

const EVENTS: Readonly<Record<string, string>> = {
  received: 'submitted',
  revised: 'revised',
  accepted: 'accepted',
  aheadofprint: 'online',
  epublish: 'online',
  ppublish: 'print',
  retracted: 'retracted',
}

/** The life of the article by its history, and its date online. Dates of PubMed's own work are left out. */
export function datesOf(element: XmlElement, article: XmlElement | undefined): RecordDatedEvent[] {
  const online = dateIn(childOf(article, 'ArticleDate'))
  return [
    ...childrenOf(at(element, 'PubmedData', 'History'), 'PubMedPubDate').flatMap((date) => {
      const kind = ourWord(EVENTS, date.attributes.PubStatus)
      const found = dateIn(date)
      return kind === undefined || found === undefined ? [] : { kind, ...found }
    }),
    ...(online === undefined ? [] : [{ kind: 'electronic', ...online }]),
  ]
}

/** What is in PubMed Central can be read there. */
export function openPlaces(pmcid: string | undefined): RecordOpenAccessLocation[] {
  if (pmcid === undefined) return []
  return openPlace(`https://www.ncbi.nlm.nih.gov/pmc/articles/${pmcid}/`, { host: 'repository' })
}
