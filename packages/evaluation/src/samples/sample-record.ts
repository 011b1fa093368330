import type { LinkageAuthor, LinkageRecord } from '@atlas/linkage'

/** A record as ingest's reader writes it: what the engine reads, but for the ids that ingest gives out. */
export type SampleRecord = Omit<LinkageRecord, 'recordId' | 'version' | 'suppressed' | 'authors'> & {
  readonly authors: readonly SampleAuthor[]
}

export type SampleAuthor = Omit<LinkageAuthor, 'mentionKey' | 'aliases' | 'ambiguousAlias'>

export function linkageOf(sample: SampleRecord, recordId: string): LinkageRecord {
  return {
    ...sample,
    recordId,
    version: 1,
    suppressed: false,
    authors: sample.authors.map((author, at) => ({
      ...author,
      mentionKey: `${recordId}#${String(at).padStart(5, '0')}`,
      aliases: [],
      ambiguousAlias: false,
    })),
  }
}

/** An author of whom no more than the name is known. */
export function namedAuthor(name: string, given: string | null, family: string | null, position: number): SampleAuthor {
  return {
    position,
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
