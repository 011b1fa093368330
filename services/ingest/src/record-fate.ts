import { recordIdOf } from '@atlas/identifiers'
import type { Queryable } from '@atlas/runtime'
import type { VersionClass } from './decide-version.ts'
import type { FindWork, WorkOf } from './find-work.ts'
import {
  type FateHead,
  type FateRefusal,
  type FateVersion,
  findFateHead,
  listFateRefusals,
  listFateVersions,
} from './store/record-fate.ts'

/** What became of one record: everything that its source may ask about it. */
export type RecordFate = WorkOf & {
  readonly source: string
  readonly sourceId: string
  readonly recordId: string
  /** `refused`: nothing of it was ever kept. */
  readonly state: 'published' | 'waiting' | 'withheld' | 'deleted' | 'suppressed' | 'refused'
  /** The current one of `versions`; null where none is kept. */
  readonly rawVersion: number | null
  /** Of the snapshot that others see; null where there is none. */
  readonly publishedVersion: number | null
  /** Not before this the counts and the like of the current version are published; null: nothing waits. */
  readonly volatileDueAt: Date | null
  readonly versions: readonly (FateVersion & { readonly current: boolean; readonly notPublished: string | null })[]
  readonly versionsTruncated: boolean
  /** Lines of it that could not be kept, newest first. */
  readonly refused: readonly FateRefusal[]
}

const SHOWN = 200

/** Undefined for a record that never came. */
export async function findRecordFate(
  database: Queryable,
  findWork: FindWork,
  source: string,
  sourceId: string,
): Promise<RecordFate | undefined> {
  const recordId = recordIdOf(source, sourceId)
  const [head, versions, refused] = await Promise.all([
    findFateHead(database, recordId),
    listFateVersions(database, source, sourceId, SHOWN + 1),
    listFateRefusals(database, source, sourceId, SHOWN),
  ])
  if (!head && refused.length === 0) return undefined
  return {
    source,
    sourceId,
    recordId,
    state: stateOf(head),
    rawVersion: head?.rawVersion ?? null,
    publishedVersion: head?.version || null,
    volatileDueAt: head?.volatileDueAt ?? null,
    versions: versions.slice(0, SHOWN).map((version) => {
      const publishedVersion = version.publishedVersion ?? publishedLater(version, head)
      return {
        ...version,
        publishedVersion,
        current: version.rawVersion === head?.rawVersion,
        notPublished: publishedVersion === null ? whyNot(version.class) : null,
      }
    }),
    versionsTruncated: versions.length > SHOWN,
    refused,
    ...(head && head.version > 0 ? await findWork(recordId) : { work: null }),
  }
}

function stateOf(head: FateHead | undefined): RecordFate['state'] {
  if (!head) return 'refused'
  if (head.suppressed) return 'suppressed'
  if (head.deleted) return 'deleted'
  if (head.version === 0) return 'withheld'
  return head.unsent ? 'waiting' : 'published'
}

/** A version that was not worth a message, or not yet, went out with what was published after it came. */
function publishedLater({ rawVersion }: FateVersion, head: FateHead | undefined): number | null {
  return head && !head.deleted && head.contentVersion === rawVersion ? head.version : null
}

/** Why a kept version was not published when it came. */
function whyNot(versionClass: VersionClass): string {
  if (versionClass === 'stale') return 'older than the current version'
  if (versionClass === 'deleted') return 'nothing had been published that could be taken back'
  if (versionClass === 'volatile') return 'counts and the like are published at most weekly'
  return 'nothing changed that others see'
}
