import { isDepositDoi, parseArxivId } from '@atlas/identifiers'
import type { LinkageIdentifier, LinkageRecord } from '../types.ts'
import { WORK_SCHEMES } from './schemes.ts'

/** Relations under which the identified thing and the described one are one work in several versions. */
const VERSIONS: ReadonlySet<string> = new Set([
  'version_of',
  'has_version',
  'new_version_of',
  'previous_version_of',
  'preprint_of',
  'has_preprint',
  'translation_of',
  'has_translation',
  'identical',
  'identical_to',
])

/** Relations that name another work, and what to call that. */
const OTHER_WORKS: Readonly<Record<string, string>> = {
  part_of: 'part-of',
  has_part: 'part-of',
  erratum_of: 'notice-of',
  has_erratum: 'notice-of',
  correction_of: 'notice-of',
  retraction_of: 'notice-of',
  has_retraction: 'notice-of',
  supplement_to: 'supplement-to',
  has_supplement: 'supplement-to',
  review_of: 'review-of',
  has_review: 'review-of',
  comment_on: 'comment-on',
  has_comment: 'comment-on',
  reply_to: 'reply-to',
  has_reply: 'reply-to',
}

/** What a record says of its own identity and of its relations; keys look like `doi:10.1/x`. */
export interface PreparedIdentifiers {
  /** Without versions: all versions of one deposit share them. */
  readonly self: ReadonlySet<string>
  /** Only DOIs, as given. */
  readonly dois: ReadonlySet<string>
  readonly isbns: ReadonlySet<string>
  readonly versions: ReadonlySet<string>
  /** Key to the name of the relation. */
  readonly others: ReadonlyMap<string, string>
}

export function prepareIdentifiers(record: LinkageRecord): PreparedIdentifiers {
  const [self, dois, isbns, versions] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()]
  const others = new Map<string, string>()
  for (const identifier of record.identifiers) {
    if (identifier.scheme === 'isbn' && identifier.relation === 'self') isbns.add(identifier.value)
    const keys = identifierKeysOf(identifier)
    if (keys.length === 0) continue
    const other = OTHER_WORKS[identifier.relation]
    if (identifier.relation === 'self') for (const key of keys) self.add(key)
    if (identifier.relation === 'self' && identifier.scheme === 'doi') dois.add(identifier.value)
    if (VERSIONS.has(identifier.relation)) for (const key of keys) versions.add(key)
    if (other !== undefined) for (const key of keys) others.set(key, other)
  }
  return { self, dois, isbns, versions, others }
}

// As much as an index of keys can hold; longer ones are addresses and citations that somebody typed in.
const MAX_VALUE = 500

/** The keys under which records with this identifier stand, versions of one deposit under the same; none of other schemes. */
export function identifierKeysOf({ scheme, value }: Pick<LinkageIdentifier, 'scheme' | 'value'>): readonly string[] {
  const bare = WORK_SCHEMES.get(scheme)
  if (bare === undefined || value.length > MAX_VALUE) return []
  if (scheme !== 'doi') return [`${scheme}:${bare(value)}`]
  const arxiv = value.startsWith('10.48550/') ? parseArxivId(value) : undefined
  return arxiv ? [`doi:${baseDoi(value)}`, `arxiv:${arxiv.id}`] : [`doi:${baseDoi(value)}`]
}

const VERSIONED: readonly RegExp[] = [
  /^(10\.(?:6084|5281|21203|26434|31234|31219|31235|33774|36227|22541|20944|6094|14293|17605|5194|25384|25878|17504)\/.{2,}?)[./_-]v\d{1,3}$/,
  /^(10\.7287\/peerj\.preprints\.\d+)v\d{1,3}$/,
  /^(10\.1590\/scielopreprints\.\d+)[./-]?v\d{1,3}$/,
  /^(10\.32388\/[a-z0-9]+)\.\d{1,2}$/,
  /^(10\.(?:12688|7490)\/[a-z0-9]+\.\d+(?:-\d+)?)\.v?\d{1,3}$/,
  /^(10\.1002\/essoar\.\d+)\.\d{1,2}$/,
  /^(10\.17632\/[a-z0-9]+)\.\d{1,2}$/,
  // Three digits after the number are a figure of the article.
  /^(10\.7554\/elife\.\d+)\.\d$/,
]

/** The DOI without the version that repositories and open-review journals put at its end. */
export function baseDoi(given: string): string {
  // One publisher's DOIs went over to another prefix; the suffix names journal, year and article.
  const doi = given.startsWith('10.1046/j.') ? given.replace('10.1046/', '10.1111/') : given
  for (const pattern of VERSIONED) {
    const base = pattern.exec(doi)?.[1]
    if (base !== undefined) return base
  }
  return doi
}

/** Whether every DOI of the record is one of a repository. */
export function onlyDeposited(dois: ReadonlySet<string>): boolean {
  return dois.size > 0 && [...dois].every(isDepositDoi)
}
