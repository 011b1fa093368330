import { parsePpn } from '@atlas/identifiers'
import { childOf, childrenOf, elementsOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { NormalisedAuthor } from './adapter.ts'
import { blankAuthor } from './blank.ts'
import { plainTextOf } from './plain-text.ts'
import { DCTERMS, FOAF, linesOf, MARCREL, resourcesOf, uriOf } from './rdf.ts'
import type { Reading } from './reading.ts'
import { splitName, wholeName } from './written-names.ts'

const OWL = 'http://www.w3.org/2002/07/owl#'

/**
 * The byline. A document refers to its authors by their numbers, in no order, and names them at the beginning of its citation, in
 * theirs: of one author both are his, of several the numbers belong to nobody in particular and are left out.
 */
export function perseeAuthors(reading: Reading, description: XmlElement): NormalisedAuthor[] {
  const entries = childrenOf(description, 'aut', MARCREL)
  const nested = entries.map((entry) => elementsOf(entry)[0])
  if (entries.length > 0 && nested.every((person) => person !== undefined))
    return nested.map((person, at) => ({ ...blankAuthor(at + 1), ...nameIn(person), sourceIds: idsIn(person) }))
  const names = namesInCitation(description)
  const [only] = entries
  if (only !== undefined && entries.length === 1 && names.length < 2)
    return [{ ...blankAuthor(1), ...familyFirst(names[0] ?? ''), sourceIds: idsIn(only) }]
  if (entries.length > 0 && names.length === 0) {
    reading.warn('author_unnamed', '/marcrel:aut')
    return entries.map((entry, at) => ({ ...blankAuthor(at + 1), sourceIds: idsIn(entry) }))
  }
  if (entries.length !== names.length) reading.warn('author_count_differs', '/marcrel:aut')
  return names.map((name, at) => ({ ...blankAuthor(at + 1), ...familyFirst(name) }))
}

/** `Hottin Christian, Durand Anne. Title of the article. In: …` */
function namesInCitation(description: XmlElement): string[] {
  const [citation = ''] = linesOf(description, 'bibliographicCitation', DCTERMS)
  const [title = ''] = linesOf(description, 'title', DCTERMS)
  const end = title === '' ? -1 : citation.indexOf(title)
  if (end <= 0) return []
  const byline = citation.slice(0, end).replace(/[.\s]{1,5}$/, '')
  return byline.split(/\s?[,;]\s/).flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
}

const PARTICLE = /^(?:d'|de|des|du|di|da|del|della|la|le|les|van|von|der|den|mac|mc|saint|ben|el|al)$/i

/** Persée writes the family name first; what belongs to it is told by its particles only. */
function familyFirst(written: string) {
  const words = written.split(' ')
  let last = 0
  while (last < words.length - 2 && PARTICLE.test(words[last] ?? '')) last += 1
  const [family, given] = [words.slice(0, last + 1).join(' '), words.slice(last + 1).join(' ')]
  return given === '' ? wholeName(written) : splitName(given, family, null, written)
}

function nameIn(person: XmlElement) {
  const line = (local: string) => plainTextOf(lineOf(childOf(person, local, FOAF)))
  const [given, family, name] = [line('givenName'), line('familyName'), line('name')]
  if (given !== undefined && family !== undefined) return splitName(given, family, null, name)
  return name === undefined ? wholeName(family ?? '') : familyFirst(name)
}

/** The number at Persée, and the notice in IdRef where it is said to be the same person. */
function idsIn(element: XmlElement): NormalisedAuthor['sourceIds'] {
  const same = [uriOf(element) ?? '', ...resourcesOf(element, 'sameAs', OWL)]
  return same.flatMap((uri) => {
    const number = /persee\.fr\/authority\/(\d{1,12})/.exec(uri)?.[1]
    if (number !== undefined) return { scheme: 'persee_author', value: number }
    const idref = uri.includes('idref.fr') ? parsePpn(uri) : undefined
    return idref === undefined ? [] : { scheme: 'idref', value: idref }
  })
}
