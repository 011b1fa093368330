import type { Queryable } from '@atlas/runtime'
import type { Codec, RecordSnapshot } from '@atlas/schemas'
import { decodeSnapshot } from './packed-content.ts'
import { findHeadRow, type HeadRow, listVersions, type VersionRow } from './store/explain.ts'
import { currentStates } from './store/snapshots.ts'

/** Why a record is what it is: every version that was kept and what it changed, and what was published last. */
export interface Explanation extends HeadRow {
  readonly versions: readonly VersionRow[]
  readonly versionsTruncated: boolean
  readonly snapshot: RecordSnapshot | null
}

const SHOWN = 200

export async function explainRecord(
  database: Queryable,
  codec: Codec,
  recordId: string,
): Promise<Explanation | undefined> {
  const head = await findHeadRow(database, recordId)
  if (!head) return undefined
  const versions = await listVersions(database, head.source, head.sourceId, SHOWN + 1)
  const state = (await currentStates(database, [recordId]))[0]
  return {
    ...head,
    versions: versions.slice(0, SHOWN),
    versionsTruncated: versions.length > SHOWN,
    snapshot: state ? await decodeSnapshot(codec, state.value) : null,
  }
}
