import { foldName, mentionKeyOf, recordIdOf } from '@atlas/identifiers'
import type { LinkageAuthor, LinkageIdentifier, LinkageRecord } from '../types.ts'

export interface RecordSketch {
  readonly id?: string
  readonly source?: string
  readonly version?: number
  readonly title?: string | null
  readonly by?: readonly (string | Partial<LinkageAuthor>)[]
  readonly year?: number | null
  readonly type?: string
  /** `doi:10.1/x`, or with a relation `preprint_of doi:10.1/x`. */
  readonly ids?: readonly string[]
  readonly venue?: string | null
  readonly volume?: string | null
  readonly issue?: string | null
  readonly page?: string | null
  readonly deleted?: boolean
  readonly suppressed?: boolean
}

/** A record of which only the stated matters; its mention keys are made as ingest makes them. */
export function aRecord(sketch: RecordSketch = {}): LinkageRecord {
  const source = sketch.source ?? 'openalex'
  const sourceId = sketch.id ?? 'W1'
  const recordId = recordIdOf(source, sourceId)
  return {
    recordId,
    source,
    sourceId,
    version: sketch.version ?? 1,
    deleted: sketch.deleted ?? false,
    suppressed: sketch.suppressed ?? false,
    title: sketch.title === undefined ? 'On the measurement of tidal currents' : sketch.title,
    titles: [],
    type: sketch.type ?? 'article',
    published: sketch.year === null ? null : { year: sketch.year ?? 2015, month: null, day: null },
    language: null,
    venue: {
      name: sketch.venue ?? null,
      issns: [],
      type: null,
      publisher: null,
      volume: sketch.volume ?? null,
      issue: sketch.issue ?? null,
      firstPage: sketch.page ?? null,
      lastPage: null,
    },
    identifiers: (sketch.ids ?? []).map(identifierOf),
    authors: authorsOf(recordId, sketch.by ?? ['Ada Nakamori', 'Bertil Oyelaran']),
    subjects: [],
    retracted: false,
  }
}

function identifierOf(text: string): LinkageIdentifier {
  const [relation, id] = text.includes(' ')
    ? [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)]
    : ['self', text]
  return { scheme: id.slice(0, id.indexOf(':')), value: id.slice(id.indexOf(':') + 1), relation }
}

function authorsOf(recordId: string, by: readonly (string | Partial<LinkageAuthor>)[]): readonly LinkageAuthor[] {
  const seen = new Map<string, number>()
  return by.map((one, at) => {
    const given: Partial<LinkageAuthor> = typeof one === 'string' ? { name: one } : one
    const name = given.name ?? [given.given, given.family].filter(Boolean).join(' ')
    const folded = foldName(name)
    const nth = (seen.get(folded) ?? 0) + 1
    seen.set(folded, nth)
    return {
      mentionKey: mentionKeyOf(recordId, folded, nth),
      aliases: [],
      ambiguousAlias: false,
      position: at + 1,
      given: null,
      family: null,
      collective: false,
      orcid: null,
      orcidAuthenticated: null,
      sourceIds: [],
      email: null,
      corresponding: null,
      role: 'author',
      affiliations: [],
      ...given,
      name,
    }
  })
}
