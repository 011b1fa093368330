import { done, type Handler, type Outcome, type Received, rejected, skipped } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { workChanged } from '../changes.ts'
import { findHeads, placeSnapshots, type StoredHeads } from '../place/arrive.ts'
import { contentKeyOf } from '../record.ts'
import { quarantineRecordStates } from '../store/record-states.ts'
import type { RecordHead } from '../store/records.ts'

/** At most so many records a transaction: each holds an advisory lock for every blocking key of its own. */
export const MAX_RECORDS = 64

type Verdict =
  | { readonly type: 'fresh' }
  | { readonly type: 'stale'; readonly storedVersion: number }
  | { readonly type: 'conflict' }

/**
 * Step 1 of two (architecture.md, "Two members, one work"): stores the records and their keys, puts them into works,
 * stores the slots and their keys, and leaves for the workers what is to be compared. What describes no work is kept beside,
 * and shown by the works that it adds to. One pass for the whole chunk.
 */
export const matchRecord: Handler<RecordSnapshot> = async (tx, messages) => {
  const stored = await findHeads(tx, [...new Set(messages.map(({ value }) => value.recordId))])
  const verdicts = judge(messages, newestHeads(stored))
  const fresh = newestOf(messages.filter((_, index) => verdicts[index]?.type === 'fresh'))
  const changed = await placeSnapshots(tx, fresh, stored)
  await quarantineRecordStates(
    tx,
    messages.filter((_, index) => verdicts[index]?.type === 'conflict').map(({ value }) => value),
  )
  const last = verdicts.findLastIndex(({ type }) => type === 'fresh')
  return verdicts.map((verdict, index) => outcomeOf(verdict, index === last ? changed : []))
}

/** Which messages are news, each against what is stored and what came before it in the chunk. Pure. */
export function judge(
  messages: readonly Received<RecordSnapshot>[],
  stored: ReadonlyMap<string, Pick<RecordHead, 'version' | 'contentKey'>>,
): readonly Verdict[] {
  const heads = new Map(stored)
  return messages.map(({ value }) => {
    const head = heads.get(value.recordId)
    const contentKey = contentKeyOf(value)
    if (head && head.version > value.version) return { type: 'stale', storedVersion: head.version }
    if (head && head.version === value.version)
      return head.contentKey === contentKey ? { type: 'stale', storedVersion: head.version } : { type: 'conflict' }
    heads.set(value.recordId, { version: value.version, contentKey })
    return { type: 'fresh' }
  })
}

/** A record that came to describe something else has two heads: the older one says what it was. */
function newestHeads({ records, kept }: StoredHeads): ReadonlyMap<string, Pick<RecordHead, 'version' | 'contentKey'>> {
  const heads = new Map<string, Pick<RecordHead, 'version' | 'contentKey'>>(records)
  for (const [recordId, head] of kept)
    if (head.version >= (heads.get(recordId)?.version ?? 0)) heads.set(recordId, head)
  return heads
}

function newestOf(messages: readonly Received<RecordSnapshot>[]): readonly RecordSnapshot[] {
  return [...new Map(messages.map(({ value }) => [value.recordId, value])).values()]
}

function outcomeOf(verdict: Verdict, changedWorks: readonly string[]): Outcome {
  switch (verdict.type) {
    case 'fresh':
      return done(changedWorks.map(workChanged))
    case 'stale':
      return skipped('stale')
    case 'conflict':
      return rejected('event_id_conflict', 'this version is stored with other content')
    default:
      return verdict satisfies never
  }
}
