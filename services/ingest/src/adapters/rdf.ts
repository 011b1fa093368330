import { childrenOf, elementsOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import { plainTextOf } from './plain-text.ts'

// The vocabularies that French catalogues write RDF/XML in.
export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
export const DC = 'http://purl.org/dc/elements/1.1/'
export const DCTERMS = 'http://purl.org/dc/terms/'
export const BIBO = 'http://purl.org/ontology/bibo/'
export const FOAF = 'http://xmlns.com/foaf/0.1/'
/** Roles by their MARC codes: https://id.loc.gov/vocabulary/relators.html */
export const MARCREL = 'http://id.loc.gov/vocabulary/relators/'

/** The thing that an element describes, `rdf:about`, or refers to, `rdf:resource`. */
export function uriOf(element: XmlElement | undefined): string | undefined {
  return element?.attributes['rdf:resource'] ?? element?.attributes['rdf:about']
}

/** Texts of the properties of that name, each on one line. */
export function linesOf(element: XmlElement | undefined, local: string, uri: string): string[] {
  return childrenOf(element, local, uri).flatMap((child) => plainTextOf(lineOf(child)) ?? [])
}

/** What the properties of that name refer to. */
export function resourcesOf(element: XmlElement | undefined, local: string, uri: string): string[] {
  return childrenOf(element, local, uri).flatMap((child) => uriOf(child) ?? uriOf(elementsOf(child)[0]) ?? [])
}

// The roles of people in ours; a code that has none is kept.
const ROLES: Readonly<Record<string, string>> = {
  aut: 'author',
  cre: 'author',
  edt: 'editor',
  pbd: 'editor',
  com: 'editor',
  trl: 'translator',
  ths: 'thesis_advisor',
  pra: 'jury_president',
  opn: 'jury_member',
  ill: 'illustrator',
  ctb: 'contributor',
  aui: 'preface',
}

/** Our word for a MARC role. */
export function marcRole(code: string): string {
  return Object.hasOwn(ROLES, code) ? (ROLES[code] ?? code) : code
}
