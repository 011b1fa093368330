import { parseDoi } from '@atlas/identifiers'
import type { LinkageAuthor, LinkageIdentifier, LinkageRecord } from '@atlas/linkage'
import type { NeutralWork, NeutralWorkAuthor } from '../neutral/work-record.ts'

/** A record of a set in the engine's form; without a type it passes for an article. */
export function linkageRecordOf(work: NeutralWork): LinkageRecord {
  const [first, last] = (work.pages ?? '').split(/\s*[-–]+\s*/)
  return {
    recordId: work.id,
    source: work.source ?? 'labelled',
    sourceId: work.id,
    version: 1,
    deleted: false,
    suppressed: false,
    title: work.title,
    titles: [],
    type: work.type ?? 'article',
    published: work.year === null ? null : { year: work.year, month: null, day: null },
    language: null,
    venue: {
      name: work.venue,
      issns: work.issns,
      type: null,
      publisher: null,
      volume: work.volume,
      issue: work.issue,
      firstPage: first || null,
      lastPage: last || null,
    },
    identifiers: identifiersOf(work),
    authors: work.authors.map((author, at) => authorOf(work.id, author, at)),
    subjects: [],
    retracted: false,
  }
}

function identifiersOf({ doi, identifiers }: NeutralWork): readonly LinkageIdentifier[] {
  const parsed = parseDoi(doi ?? '')
  return [...(parsed === undefined ? [] : [{ scheme: 'doi', value: parsed, relation: 'self' }]), ...identifiers]
}

function authorOf(recordId: string, { name, given, family }: NeutralWorkAuthor, at: number): LinkageAuthor {
  return {
    mentionKey: `${recordId}#${String(at).padStart(5, '0')}`,
    aliases: [],
    ambiguousAlias: false,
    position: at + 1,
    name,
    given,
    family,
    collective: false,
    orcid: null,
    orcidAuthenticated: null,
    sourceIds: [],
    email: null,
    corresponding: null,
    role: 'author',
    affiliations: [],
  }
}
