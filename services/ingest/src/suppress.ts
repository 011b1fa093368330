import { hash } from 'node:crypto'
import type { Queryable } from '@atlas/runtime'
import type { Codec } from '@atlas/schemas'
import type { Normalised, NormalisedAuthor } from './adapters/adapter.ts'
import { fingerprintsOf } from './adapters/fingerprints.ts'
import type { ArrivingRecord, PreparedLine } from './arriving.ts'
import type { ArrivingContent } from './content.ts'
import { type PackedContent, packContent, unpackContent } from './packed-content.ts'
import { findSuppressed, hasSuppressions } from './store/suppressed.ts'

/** Under which a person is suppressed: the identifier itself is not kept in the table. */
export function personKey(scheme: string, value: string): string {
  return hash('sha256', `${scheme}\u001f${value}`, 'hex')
}

interface Owned {
  readonly recordId: string
  readonly content: ArrivingContent
}

/**
 * Marks records that must match nothing, and withholds the identifiers, e-mail and affiliations of people who objected.
 * Names stay as given: a byline is never changed.
 */
export async function applySuppressions(
  database: Queryable,
  codec: Codec,
  lines: PreparedLine[],
): Promise<PreparedLine[]> {
  if (!lines.some(hasContent) || !(await hasSuppressions(database))) return lines
  const owned = new Map<PreparedLine, Owned>()
  for (const line of lines.filter(hasContent))
    owned.set(line, { recordId: line.recordId, content: await unpackContent(codec, line.content) })
  const suppress = await suppressionsOf(database, [...owned.values()])
  return lines.map((line) => {
    const one = owned.get(line)
    if (suppress === undefined || one === undefined || !hasContent(line)) return line
    return { ...line, content: packContent(codec, line.content.about, suppress(one)) }
  })
}

function hasContent(line: PreparedLine): line is ArrivingRecord & { readonly content: PackedContent } {
  return line.type === 'arriving' && line.content !== 'deletion'
}

/** How to suppress what must be in these records; undefined while nobody objected to anything. */
export async function suppressionsOf(
  database: Queryable,
  owned: readonly Owned[],
): Promise<((one: Owned) => ArrivingContent) | undefined> {
  if (owned.length === 0 || !(await hasSuppressions(database))) return undefined
  const people = new Set(owned.flatMap(({ content }) => content.record.authors.flatMap(keysOf)))
  const found = await findSuppressed(
    database,
    owned.map(({ recordId }) => recordId),
    [...people],
  )
  return ({ recordId, content }) => suppressedContent(content, found.records.has(recordId), found.people)
}

/** The content as it may be published. */
function suppressedContent(
  content: ArrivingContent,
  suppressed: boolean,
  people: ReadonlySet<string>,
): ArrivingContent {
  const withheld = content.record.authors.some((author) => keysOf(author).some((key) => people.has(key)))
  if (!withheld) return { ...content, suppressed }
  const record: Normalised = {
    ...content.record,
    authors: content.record.authors.map((author) =>
      keysOf(author).some((key) => people.has(key)) ? nameOnly(author) : author,
    ),
  }
  return { record, fingerprints: fingerprintsOf(record), suppressed }
}

function keysOf({ orcid, email, sourceIds }: NormalisedAuthor): string[] {
  const keys = sourceIds.map(({ scheme, value }) => personKey(scheme, value))
  if (orcid !== null) keys.push(personKey('orcid', orcid))
  if (email !== null) keys.push(personKey('email', email))
  return keys
}

function nameOnly(author: NormalisedAuthor): NormalisedAuthor {
  return { ...author, orcid: null, orcidAuthenticated: null, email: null, sourceIds: [], affiliations: [] }
}
