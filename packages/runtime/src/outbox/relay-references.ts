import type { CurrentState, SnapshotSource } from '../consumer/contract.ts'
import type { Envelope } from './envelope.ts'
import { InterruptedError, type RelayContext, sendAll } from './relay-round.ts'
import { sizeOf } from './sends.ts'
import { park, type ToPark } from './store-parked.ts'
import { moveReferencePointer, type ReferenceRow, readReferencePointer, readReferences } from './store-relay.ts'

const ROWS = 2_000
// A source is asked for so many objects at once, and what was read is sent when it passes so many bytes: the two bound
// the memory of a burst of large works.
const OBJECTS = 250
const BYTES = 16 * 2 ** 20

/**
 * One round of references: reads the next rows, sends the state of the moment of each object they name, once, and moves
 * the pointer. Returns how many rows are done with.
 */
export async function relayReferences(context: RelayContext, interrupted: AbortSignal): Promise<number> {
  const { database, failpoints, parkedKeys } = context
  const from = await readReferencePointer(database)
  const rows = await readReferences(database, from, ROWS)
  const last = rows.at(-1)
  if (!last) return 0
  const latest = [...new Map(rows.map((row) => [`${row.topic}#${row.objectId}`, row])).values()]
  const [waiting, free] = split(latest, ({ topic, key }) => parkedKeys.has(`${topic}#${key}`))
  const parked: ToPark[] = waiting.map((row) => ({ ...placeOf(row), reason: 'same_key' }))
  for await (const states of statesOf(context.sources, free)) {
    for (const { envelope, reason } of await sendAll(context, [...states.keys()], interrupted)) {
      const row = states.get(envelope)
      if (row) parked.push({ ...placeOf(row), reason })
    }
  }
  const moved = await database.transaction(async (tx) => {
    await park(tx, parked)
    return moveReferencePointer(tx, from, { xid: last.xid, id: last.id })
  })
  if (!moved) throw new InterruptedError('another relay has moved the pointer')
  failpoints.hit('relay.after_pointer')
  for (const { topic, key } of parked) parkedKeys.add(`${topic}#${key}`)
  return rows.length
}

/** States as they are now, in the order of the rows, in portions of bounded size. Objects that are gone are left out. */
async function* statesOf(
  sources: Readonly<Record<string, SnapshotSource>>,
  rows: readonly ReferenceRow[],
): AsyncGenerator<ReadonlyMap<Envelope, ReferenceRow>> {
  let portion = new Map<Envelope, ReferenceRow>()
  let bytes = 0
  for (const [topic, ofTopic] of Map.groupBy(rows, (row) => row.topic)) {
    const source = sources[topic]
    if (!source) throw new Error(`no source for snapshot topic "${topic}"`)
    for (let at = 0; at < ofTopic.length; at += OBJECTS) {
      const asked = ofTopic.slice(at, at + OBJECTS)
      const states = new Map(
        (await source(asked.map(({ objectId }) => objectId))).map((state) => [state.objectId, state]),
      )
      for (const row of asked) {
        const state = states.get(row.objectId)
        if (!state) continue
        const envelope = envelopeOf(row, state)
        portion.set(envelope, row)
        bytes += sizeOf(envelope)
      }
      if (bytes < BYTES) continue
      yield portion
      portion = new Map()
      bytes = 0
    }
  }
  yield portion
}

/** The partition is the one stored with the row: a changed count on the broker's side moves no key. */
export function envelopeOf(row: Omit<ReferenceRow, 'id' | 'xid'>, state: CurrentState): Envelope {
  return {
    topic: row.topic,
    partition: row.partition,
    key: row.key,
    eventId: state.eventId,
    revision: state.revision,
    type: state.type,
    value: state.value,
    traceparent: row.traceparent,
    causedBy: row.causedBy,
  }
}

function placeOf(row: ReferenceRow): Omit<ToPark, 'reason'> {
  const { topic, partition, key, objectId, traceparent, causedBy } = row
  return { topic, partition, key, objectId, fact: undefined, traceparent, causedBy }
}

function split<E>(items: readonly E[], holds: (item: E) => boolean): readonly [readonly E[], readonly E[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))]
}
