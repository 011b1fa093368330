import { hash } from 'node:crypto'
import { foldName, foldTitle } from '@atlas/identifiers'
import type { RecordFingerprints, RecordIdentifier } from '@atlas/schemas'
import type { Normalised, NormalisedAuthor } from './adapter.ts'
import { canonicalJson } from './canonical-json.ts'

/**
 * What a change of a field means. `identity`: questions may be asked again. `bibliographic`: published, nobody is asked.
 * `cosmetic`: stored, not published. `none`: says nothing of the work (a stamp moves daily).
 *
 * Two texts stand in two classes: what a title or a name *says* (folded) is identity, how it is *written* bibliographic.
 * Affiliations are bibliographic although they are evidence: sources regroup them by the thousand, and who the entry
 * names stays the same.
 */
export const FIELD_CLASS = {
  source: 'none',
  sourceId: 'none',
  sourceUpdatedAt: 'none',
  warnings: 'none',
  deleted: 'identity',
  title: 'identity',
  published: 'identity',
  identifiers: 'by relation',
  authors: 'by field',
  titles: 'bibliographic',
  type: 'bibliographic',
  typeAsGiven: 'cosmetic',
  language: 'bibliographic',
  venue: 'bibliographic',
  retracted: 'bibliographic',
  openAccess: 'cosmetic',
  abstract: 'cosmetic',
  subjects: 'cosmetic',
} as const satisfies Record<keyof Normalised, string>

export const AUTHOR_FIELD_CLASS = {
  name: 'identity',
  given: 'identity',
  family: 'identity',
  suffix: 'identity',
  position: 'identity',
  collective: 'identity',
  orcid: 'identity',
  orcidAuthenticated: 'identity',
  sourceIds: 'identity',
  email: 'identity',
  role: 'identity',
  affiliations: 'bibliographic',
  corresponding: 'bibliographic',
} as const satisfies Record<keyof NormalisedAuthor, string>

// A work *is* these; it is merely connected with what the other relations name.
const SAME_WORK = new Set(['self', 'identical', 'version_of', 'has_version', 'preprint_of', 'has_preprint'])
const MENTIONED = new Set(['cites', 'cited_by'])

/** The three fingerprints: SHA-256 of RFC 8785 canonical JSON of three groups of fields that share none. */
export function fingerprintsOf(record: Normalised): RecordFingerprints {
  const { identity, bibliographic, cosmetic } = fieldGroups(record)
  return { identity: sha256(identity), bibliographic: sha256(bibliographic), cosmetic: sha256(cosmetic) }
}

/** The fields of each group, as they are hashed. */
export function fieldGroups(record: Normalised) {
  const { self, connected, mentioned } = identifierGroups(record.identifiers)
  return {
    identity: {
      deleted: record.deleted,
      title: record.title === null ? null : foldTitle(record.title),
      published: record.published,
      identifiers: self,
      authors: record.authors.map(identityOf),
    },
    bibliographic: {
      titles: record.titles,
      type: record.type,
      language: record.language,
      venue: record.venue,
      retracted: record.retracted,
      identifiers: connected,
      authors: record.authors.map(({ name, given, family, suffix, corresponding, affiliations }) => {
        return { name, given, family, suffix, corresponding, affiliations }
      }),
    },
    cosmetic: {
      typeAsGiven: record.typeAsGiven,
      openAccess: record.openAccess,
      abstract: record.abstract,
      subjects: record.subjects,
      identifiers: mentioned,
    },
  }
}

function identityOf(author: NormalisedAuthor) {
  const { name, given, family, suffix, position, collective, orcid, orcidAuthenticated, sourceIds, email, role } =
    author
  const fold = (text: string | null) => (text === null ? null : foldName(text))
  return {
    name: foldName(name),
    given: fold(given),
    family: fold(family),
    suffix: fold(suffix),
    ...{ position, collective, orcid, orcidAuthenticated, sourceIds, email, role },
  }
}

function identifierGroups(identifiers: readonly RecordIdentifier[]) {
  const self: string[] = []
  const connected: string[] = []
  const mentioned: string[] = []
  for (const { scheme, value, relation } of identifiers) {
    const group = SAME_WORK.has(relation) ? self : MENTIONED.has(relation) ? mentioned : connected
    group.push(`${relation} ${scheme} ${value}`)
  }
  // In which order a source lists them means nothing.
  return { self: self.sort(), connected: connected.sort(), mentioned: mentioned.sort() }
}

function sha256(value: object): string {
  return hash('sha256', canonicalJson(value), 'hex')
}
