import type { Envelope } from './envelope.ts'
import { InterruptedError, type RelayContext, sendAll } from './relay-round.ts'
import { park, type ToPark } from './store-parked.ts'
import { type FactRow, moveFactPointer, readFactPointer, readFacts } from './store-relay.ts'

const ROWS = 2_000
const BYTES = 16 * 2 ** 20

/** One round of facts of one topic: the next ones by number, each sent, none skipped. Returns how many are done with. */
export async function relayFacts(context: RelayContext, topic: string, interrupted: AbortSignal): Promise<number> {
  const { database, failpoints, parkedKeys } = context
  const from = await readFactPointer(database, topic)
  const rows = await readFacts(database, topic, from, ROWS, BYTES)
  const last = rows.at(-1)
  if (!last) return 0
  const envelopes = new Map(rows.map((row) => [envelopeOf(row), row]))
  const parked: ToPark[] = []
  const free: Envelope[] = []
  for (const [envelope, row] of envelopes) {
    if (parkedKeys.has(`${topic}#${row.key}`)) parked.push({ ...placeOf(row), reason: 'same_key' })
    else free.push(envelope)
  }
  for (const { envelope, reason } of await sendAll(context, free, interrupted)) {
    const row = envelopes.get(envelope)
    if (row) parked.push({ ...placeOf(row), reason })
  }
  parked.sort((left, right) => (left.fact?.factNo ?? 0) - (right.fact?.factNo ?? 0))
  const moved = await database.transaction(async (tx) => {
    await park(tx, parked)
    return moveFactPointer(tx, topic, from, last.factNo)
  })
  if (!moved) throw new InterruptedError('another relay has moved the pointer')
  failpoints.hit('relay.after_pointer')
  for (const { key } of parked) parkedKeys.add(`${topic}#${key}`)
  return rows.length
}

function envelopeOf(row: FactRow): Envelope {
  const { factNo: _, seq, ...rest } = row
  return { ...rest, revision: seq }
}

function placeOf(row: FactRow): Omit<ToPark, 'reason'> {
  const { topic, partition, key, traceparent, causedBy, factNo } = row
  return { topic, partition, key, objectId: undefined, fact: { ...envelopeOf(row), factNo }, traceparent, causedBy }
}
