import { type Bus, type Clock, createOutbox, type Database } from '@atlas/runtime'
import { TOPIC_NAMES, TOPICS, type TopicName } from '@atlas/schemas'
import type { ServiceName } from './service-process.ts'

export interface SettledOptions {
  readonly bus: Bus
  readonly topicPrefix: string
  readonly databases: Readonly<Record<ServiceName, Database>>
  readonly clock: Clock
  readonly timeoutMs?: number
  readonly onWaiting?: (reason: string) => void
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal
}

/** Resolves when nothing is under way any more: outboxes sent, logs consumed, pairs compared. Throws what is left otherwise. */
export async function settled(options: SettledOptions): Promise<void> {
  const { clock, timeoutMs = 120_000 } = options
  const deadline = clock.monotonic() + timeoutMs
  let reason = 'not looked yet'
  while (clock.monotonic() < deadline) {
    const before = await ends(options)
    const left =
      (await unsent(options)) ??
      (await unread(options, before)) ??
      (await uncompared(options)) ??
      (await unsent(options))
    // What was written while we looked shows as an end that moved.
    if (left === undefined && same(before, await ends(options))) return
    reason = left ?? 'messages arrived while looking'
    options.onWaiting?.(reason)
    await clock.sleep(100, options.signal)
  }
  throw new Error(`not settled after ${timeoutMs} ms: ${reason}`)
}

type Ends = ReadonlyMap<TopicName, ReadonlyMap<number, bigint>>

async function ends({ bus, topicPrefix }: SettledOptions): Promise<Ends> {
  const entries = await Promise.all(
    TOPIC_NAMES.map(async (topic) => {
      const offsets = await bus.offsets(topicPrefix + topic)
      return [topic, new Map(offsets.map(({ partition, high }) => [partition, high]))] as const
    }),
  )
  return new Map(entries)
}

function same(a: Ends, b: Ends): boolean {
  return TOPIC_NAMES.every((topic) =>
    [...(a.get(topic) ?? [])].every(([partition, high]) => b.get(topic)?.get(partition) === high),
  )
}

async function unsent({ databases }: SettledOptions): Promise<string | undefined> {
  for (const [service, database] of Object.entries(databases)) {
    const published = Object.fromEntries(
      Object.values(TOPICS)
        .filter((topic) => topic.producer === service)
        .map((topic) => [topic.name, topic]),
    )
    const { rows } = await createOutbox(published).unsent(database)
    if (rows > 0) return `${service} has ${rows} unsent outbox rows`
  }
  return undefined
}

// What each service reads today; the table of topics also names readers that are still to be built.
const READS: Readonly<Partial<Record<ServiceName, readonly TopicName[]>>> = {
  matcher: ['records', 'profiles', 'acts'],
  verifier: ['works', 'candidates', 'profiles'],
  api: ['works', 'candidates', 'profiles', 'acts', 'authorships'],
}

async function unread({ databases }: SettledOptions, high: Ends): Promise<string | undefined> {
  for (const [service, topics] of Object.entries(READS))
    for (const topic of topics) {
      const { rows } = await databases[service as ServiceName].query<{ partition: number; next_offset: number }>(
        'select partition, next_offset from consumer_progress where topic = $1',
        [topic],
      )
      const next = new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]))
      for (const [partition, end] of high.get(topic) ?? [])
        if ((next.get(partition) ?? 0n) < end)
          return `${service} has read ${topic}/${partition} to ${next.get(partition) ?? 0n} of ${end}`
    }
  return undefined
}

async function uncompared({ databases }: SettledOptions): Promise<string | undefined> {
  const { rows } = await databases.matcher.query<{ left: number }>('select count(*)::int as left from to_compare')
  const left = rows[0]?.left ?? 0
  if (left > 0) return `matcher has ${left} slots or profiles to compare`
  const waiting = await databases.verifier.query<{ left: number }>('select count(*)::int as left from to_settle')
  const unsettled = waiting.rows[0]?.left ?? 0
  return unsettled > 0 ? `verifier has ${unsettled} slots or works to settle` : undefined
}
