import type { Allocate, Codec, RecordSnapshot } from '@atlas/schemas'
import type { Normalised } from './adapters/adapter.ts'
import type { ArrivingContent } from './content.ts'
import { type SnapshotOf, snapshotOf } from './snapshot.ts'

/**
 * A record's content while it waits for the transaction of its chunk: in bytes. Kept as objects, those of two chunks were
 * copied by the garbage collector again and again: half of its time, and 60 MB.
 */
export interface PackedContent extends Pick<ArrivingContent, 'fingerprints' | 'suppressed'> {
  readonly warnings: Normalised['warnings']
  readonly people: People
  /** What the bytes say of the version. */
  readonly about: SnapshotOf
  /** The message of a record that was not known: its first version, published first. */
  readonly first: Buffer
}

/** How many author entries and affiliations there are, and how many of them are identified. */
export interface People {
  readonly authors: number
  readonly authorsWithOrcid: number
  readonly affiliations: number
  readonly affiliationsWithRor: number
}

/** The bytes lie in what `allocate` gives, or in a buffer of their own. */
export function packContent(
  codec: Codec,
  of: Omit<SnapshotOf, 'version' | 'rawVersion'>,
  content: ArrivingContent,
  allocate?: Allocate,
): PackedContent {
  const { record, fingerprints, suppressed } = content
  const about = { ...of, version: 1, rawVersion: 1 }
  const first = codec.encode('records', snapshotOf(about, content), allocate)
  return { fingerprints, suppressed, warnings: record.warnings, people: peopleOf(record), about, first }
}

/** The content again; its record has what a snapshot has besides. */
export async function unpackContent(codec: Codec, packed: PackedContent): Promise<ArrivingContent> {
  const { fingerprints, suppressed, first } = packed
  return { record: await decodeSnapshot(codec, first), fingerprints, suppressed }
}

/** A snapshot we made ourselves: that it cannot be read is a defect. */
export async function decodeSnapshot(codec: Codec, value: Buffer): Promise<RecordSnapshot> {
  const decoded = await codec.decode('records', value)
  if (!decoded.ok) throw new Error(`a stored snapshot cannot be read: ${decoded.code} ${decoded.detail}`)
  return decoded.value
}

function peopleOf({ authors }: Normalised): People {
  const people = { authors: authors.length, authorsWithOrcid: 0, affiliations: 0, affiliationsWithRor: 0 }
  for (const { orcid, affiliations } of authors) {
    if (orcid !== null) people.authorsWithOrcid += 1
    people.affiliations += affiliations.length
    for (const { ror } of affiliations) if (ror !== null) people.affiliationsWithRor += 1
  }
  return people
}
