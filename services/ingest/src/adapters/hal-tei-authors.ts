import type { RecordAffiliation } from '@atlas/schemas'
import { at, childOf, childrenOf, elementsOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, displayName, isGroupName } from './blank.ts'
import { halAuthorIds, halRole } from './hal-types.ts'
import { plainTextOf } from './plain-text.ts'
import type { Reading } from './reading.ts'

/** The byline, which TEI gives up to three times: of the deposit, of the article, of the volume. The first that has any counts. */
export function teiAuthors(reading: Reading, full: XmlElement | undefined, tei: XmlElement): NormalisedAuthor[] {
  const struct = at(full, 'sourceDesc', 'biblStruct')
  const places = [childOf(full, 'titleStmt'), childOf(struct, 'analytic'), childOf(struct, 'monogr')]
  const authors = places.map((place) => childrenOf(place, 'author')).find((found) => found.length > 0) ?? []
  const structures = structuresOf(tei)
  return authors.map((author, index) => authorOf(reading, author, index, structures))
}

function structuresOf(tei: XmlElement): Map<string, XmlElement> {
  const orgs = childrenOf(at(tei, 'text', 'back', 'listOrg'), 'org')
  return new Map(orgs.map((org) => [org.attributes['xml:id'] ?? '', org]))
}

function authorOf(
  reading: Reading,
  author: XmlElement,
  index: number,
  structures: ReadonlyMap<string, XmlElement>,
): NormalisedAuthor {
  const person = childOf(author, 'persName')
  const forenames = childrenOf(person, 'forename').flatMap((part) => plainTextOf(lineOf(part)) ?? [])
  const given = forenames.length === 0 ? undefined : forenames.join(' ')
  const family = plainTextOf(lineOf(childOf(person, 'surname')))
  const whole = plainTextOf(lineOf(person ?? childOf(author, 'orgName') ?? childOf(author, 'name')))
  const name = given === undefined && family === undefined ? (whole ?? '') : displayName(given, family)
  return {
    ...blankAuthor(index + 1),
    name,
    given: given ?? null,
    family: family ?? null,
    collective: person === undefined || isGroupName(name),
    ...idsOf(reading, author, index),
    ...halRole(author.attributes.role),
    affiliations: childrenOf(author, 'affiliation').flatMap((one) => affiliationOf(reading, one, structures)),
  }
}

function idsOf(reading: Reading, author: XmlElement, index: number): Pick<NormalisedAuthor, 'orcid' | 'sourceIds'> {
  const idnos = childrenOf(author, 'idno')
  const value = (type: string) => lineOf(idnos.find(({ attributes }) => attributes.type?.toLowerCase() === type))
  const idHal = idnos.find(({ attributes }) => attributes.type === 'idhal' && attributes.notation !== 'numeric')
  const idref = /(\d{8}[\dXx])\/?$/.exec(value('idref') ?? '')?.[1]
  return {
    orcid: reading.orcid(value('orcid'), `/author[${index + 1}]/idno[@type="ORCID"]`),
    sourceIds: [
      ...halAuthorIds(value('halauthorid'), lineOf(idHal)),
      ...(idref === undefined ? [] : [{ scheme: 'idref', value: idref.toUpperCase() }]),
    ],
  }
}

/** A reference to a structure of the document, or the structure itself inside. */
function affiliationOf(
  reading: Reading,
  affiliation: XmlElement,
  structures: ReadonlyMap<string, XmlElement>,
): RecordAffiliation[] {
  const reference = affiliation.attributes.ref?.replace(/^#/, '')
  const org = reference === undefined ? childOf(affiliation, 'org') : structures.get(reference)
  const id = reference ?? affiliation.attributes.n
  const own = childrenOf(org, 'orgName').find(({ attributes }) => attributes.type === undefined)
  const name = plainTextOf(lineOf(own ?? affiliation))
  if (name === undefined) return []
  return [
    affiliationNamed(name, {
      ror: rorOf(reading, org),
      country: countryOf(org),
      identifiers: organisationIds(org, id),
    }),
  ]
}

function rorOf(reading: Reading, org: XmlElement | undefined): string | null {
  const idno = childrenOf(org, 'idno').find(({ attributes }) => attributes.type?.toLowerCase() === 'ror')
  return reading.ror(lineOf(idno), '/org/idno[@type="ROR"]')
}

function countryOf(org: XmlElement | undefined): string | null {
  return at(org, 'desc', 'address', 'country')?.attributes.key ?? null
}

function organisationIds(org: XmlElement | undefined, id: string | undefined) {
  const known = elementsOf(org).flatMap((child) => {
    const scheme = child.attributes.type?.toLowerCase()
    const value = lineOf(child)?.replace(/\s/g, '')
    const wanted = child.local === 'idno' && (scheme === 'idref' || scheme === 'isni' || scheme === 'rnsr')
    return wanted && scheme !== undefined && value !== undefined ? [{ scheme, value }] : []
  })
  return [...(id === undefined ? [] : [{ scheme: 'hal_structure', value: id.replace(/^struct-/, '') }]), ...known]
}
