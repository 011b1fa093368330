import { recordIdOf } from '@atlas/identifiers'
import type { World } from '@atlas/testing/world'

/** What is true of the made-up records: who stands behind which author entry. */
export interface Truth {
  /** Profile ids of the people behind an entry of a record; undefined for somebody without a profile. */
  profileAt(recordId: string, position: number): string | undefined
  /** Every (publication, profile) that at least one record shows: what could be found. */
  readonly authorships: ReadonlySet<string>
  /** The publication a record describes. */
  publicationOf(recordId: string): number | undefined
}

export function truthOf(world: World, publications: number): Truth {
  const profileIds = [...world.profiles()].map((profile) => profile.profileId)
  const entries = new Map<string, { readonly publication: number; readonly authors: readonly number[] }>()
  const authorships = new Set<string>()
  for (const record of world.records(0, publications)) {
    // A correction replaces its record: what it says last is what stands.
    entries.set(recordIdOf(record.source, record.sourceId), record)
    for (const person of record.authors) {
      const profileId = profileIds[person]
      if (profileId !== undefined) authorships.add(`${record.publication} ${profileId}`)
    }
  }
  return {
    authorships,
    publicationOf: (recordId) => entries.get(recordId)?.publication,
    profileAt(recordId, position) {
      const person = entries.get(recordId)?.authors[position - 1]
      return person === undefined ? undefined : profileIds[person]
    },
  }
}
