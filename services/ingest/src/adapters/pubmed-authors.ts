import { parseRor } from '@atlas/identifiers'
import type { RecordAffiliation } from '@atlas/schemas'
import { childOf, childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, displayName, isGroupName } from './blank.ts'
import { plainTextOf } from './plain-text.ts'
import type { Reading } from './reading.ts'

/**
 * The byline. The members of a group (`InvestigatorList`) are no authors of the article, and an entry that is not valid is a
 * misspelt name, which stands beside the right one.
 */
export function pubmedAuthors(reading: Reading, article: XmlElement | undefined): NormalisedAuthor[] {
  const lists = childrenOf(article, 'AuthorList')
  return lists
    .flatMap((list) => {
      const role = list.attributes.Type === 'editors' ? 'editor' : 'author'
      const valid = childrenOf(list, 'Author').filter(({ attributes }) => attributes.ValidYN !== 'N')
      return valid.map((author) => ({ author, role }))
    })
    .map(({ author, role }, at) => authorOf(reading, author, role, at))
}

function authorOf(reading: Reading, author: XmlElement, role: string, at: number): NormalisedAuthor {
  const line = (local: string) => plainTextOf(lineOf(childOf(author, local)))
  const group = line('CollectiveName')
  const [given, family, suffix] = [
    line('ForeName') ?? line('FirstName') ?? line('Initials'),
    line('LastName'),
    line('Suffix'),
  ]
  const affiliations = affiliationsOf(author)
  return {
    ...blankAuthor(at + 1),
    name: group ?? displayName(given, family, suffix),
    given: given ?? null,
    family: family ?? null,
    suffix: suffix ?? null,
    collective: group !== undefined || isGroupName(displayName(given, family)),
    orcid: orcidOf(reading, author, at),
    email: emailIn(affiliations),
    role,
    affiliations,
  }
}

function orcidOf(reading: Reading, author: XmlElement, at: number): string | null {
  const identifier = childrenOf(author, 'Identifier').find(({ attributes }) => attributes.Source === 'ORCID')
  return reading.orcid(lineOf(identifier), `/AuthorList/Author[${at + 1}]/Identifier`)
}

/** Older records have one affiliation, directly in the entry. */
function affiliationsOf(author: XmlElement): RecordAffiliation[] {
  const infos = [author, ...childrenOf(author, 'AffiliationInfo')]
  return infos.flatMap((info) => {
    const name = plainTextOf(lineOf(childOf(info, 'Affiliation')))
    if (name === undefined) return []
    const ids = childrenOf(info, 'Identifier').flatMap((id) => {
      const value = lineOf(id)
      return value === undefined ? [] : { scheme: (id.attributes.Source ?? 'unknown').toLowerCase(), value }
    })
    const ror = ids.flatMap(({ scheme, value }) => (scheme === 'ror' ? (parseRor(value) ?? []) : []))[0] ?? null
    return affiliationNamed(name, { ror, identifiers: ids.filter(({ scheme }) => scheme !== 'ror' || ror === null) })
  })
}

const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,6}[A-Za-z]{2,24}/g

/** Publishers write the author's address after the affiliation; two addresses in one entry are not one person's. */
export function emailIn(affiliations: readonly RecordAffiliation[]): string | null {
  const found = new Set<string>()
  for (const { name } of affiliations) {
    if (!name.includes('@')) continue
    for (const [email] of name.matchAll(EMAIL)) found.add(email.toLowerCase())
  }
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}
