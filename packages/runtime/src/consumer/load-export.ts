import { partitionOf } from '../bus/partition.ts'
import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Database, Tx } from '../postgres/database.ts'
import { storeQuarantine, type ToQuarantine } from '../quarantine/store-quarantine.ts'
import type { RawMessage } from './contract.ts'
import { type ConsumerDefinition, groupOf } from './definition.ts'
import type { ExportedMessage, Exporter, ExportPage } from './export.ts'
import { inOrder } from './facts-in-order.ts'
import { identityOf } from './frame-rules.ts'
import { handleEach } from './handle-in-order.ts'
import { prepare } from './prepare.ts'
import { advanceLoad, beginLoad, findLoad, lockLoad } from './store-loads.ts'
import { createProgress, listProgress, moveProgress, type Start } from './store-progress.ts'

export interface LoadOptions<T> {
  readonly definition: ConsumerDefinition<T>
  readonly fetchPage: Exporter
  readonly topicPrefix: string
  readonly bus: Bus
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: Clock
  readonly logger: Logger
  /** Default 500. */
  readonly pageSize?: number
}

/**
 * Starts a newcomer: notes the topic's ends as the group's first positions, then applies the owner's export through the
 * same handler. Resumes after a crash, and does nothing when it has finished before. To be called before `startConsumer`;
 * what is both in the export and in the log is dropped by revision and `seq`.
 */
export async function loadFromExport<T>(options: LoadOptions<T>): Promise<{ readonly objects: number }> {
  const { database, fetchPage, logger, pageSize = 500 } = options
  const definition = options.definition.kind === 'fact' ? inOrder(options.definition) : options.definition
  const scope = { group: groupOf(definition), topic: definition.topic }
  if (!(await findLoad(database, scope))) await noteEndOffsets(options)
  for (;;) {
    const load = await findLoad(database, scope)
    if (!load) throw new Error(`the load of "${scope.topic}" has vanished`)
    if (load.finished) return { objects: load.objects }
    const page = await fetchPage(load.cursor, pageSize)
    await database.transaction(async (tx) => {
      // Two members may load at once: the page belongs to whoever locks the row first.
      const locked = await lockLoad(tx, scope)
      if (locked.finished || locked.cursor !== load.cursor) return
      await applyPage(tx, options, definition, page)
      await advanceLoad(tx, scope, page)
    })
    logger.debug({ event: 'export-page', topic: scope.topic, objects: page.messages.length })
  }
}

/** What `startAgainAtEnds` needs of a load. */
export type LoadPlace<T> = Pick<LoadOptions<T>, 'bus' | 'definition' | 'topicPrefix'>

/**
 * Puts a group at the ends of its topic, in the transaction that then empties what its handler wrote: a load of the
 * export brings what was there. Members may run: a chunk under way is waited for, and they go on from the ends.
 */
export async function startAgainAtEnds<T>(tx: Tx, place: LoadPlace<T>): Promise<void> {
  const { definition } = place
  const group = groupOf(definition)
  // Locked before the ends are read: no member is beyond them then.
  await listProgress(tx, group, definition.topic, { lock: true })
  await moveProgress(tx, group, definition.topic, await endsOf(place))
}

/** The ends of the log, taken before the first page: what is published later comes from the log, what is older from the export. */
async function noteEndOffsets<T>(options: LoadOptions<T>): Promise<void> {
  const { database, definition } = options
  const scope = { group: groupOf(definition), topic: definition.topic }
  const starts = await endsOf(options)
  await database.transaction(async (tx) => {
    await beginLoad(tx, scope)
    await createProgress(tx, scope.group, scope.topic, starts)
  })
}

async function endsOf<T>({ bus, definition, topicPrefix }: LoadPlace<T>): Promise<readonly Start[]> {
  const fullTopic = topicPrefix + definition.topic
  return Promise.all(
    (await bus.offsets(fullTopic)).map(async ({ partition, low, high }) => {
      const last = high > low ? await bus.readOne(fullTopic, partition, high - 1n) : undefined
      return { partition, nextOffset: high, lastEventId: last && identityOf(last) }
    }),
  )
}

async function applyPage<T>(
  tx: Tx,
  { outbox, clock }: LoadOptions<T>,
  definition: ConsumerDefinition<T>,
  page: ExportPage,
): Promise<void> {
  const raws = page.messages.map((message) => rawOf(definition, message, clock.now()))
  const prepared = await Promise.all(raws.map((raw) => prepare(definition, raw)))
  const good = prepared.flatMap((item) => ('message' in item ? [item.message] : []))
  const outcomes = await handleEach(tx, definition.handle, good)
  const settled = [
    ...prepared.flatMap((item) => ('outcome' in item ? [{ raw: item.raw, outcome: item.outcome }] : [])),
    ...good.map(({ raw }, at) => ({ raw, outcome: outcomes[at] })),
  ]
  const rejected = settled.flatMap(({ raw, outcome }): ToQuarantine[] =>
    outcome?.type === 'rejected' ? [{ raw, code: outcome.code, detail: outcome.detail }] : [],
  )
  if (rejected.length > Math.max(20, raws.length * 0.05))
    throw new Error(`${rejected.length} of ${raws.length} exported objects are refused: "${rejected[0]?.code}" first`)
  await storeQuarantine(tx, groupOf(definition), definition.topic, rejected)
  for (const { outcome } of settled) if (outcome?.type === 'done') await outbox.append(tx, outcome.outbox)
}

/** An exported object as the message it would be in the log; offset −1 says that it was not there. */
function rawOf<T>(definition: ConsumerDefinition<T>, message: ExportedMessage, now: number): RawMessage {
  return {
    topic: definition.topic,
    partition: partitionOf(message.key, definition.partitions),
    offset: -1n,
    key: message.key,
    value: Buffer.from(message.value, 'base64'),
    headers: new Map([
      ['event-id', message.eventId],
      ['revision', String(message.revision)],
      ['type', message.type],
      ['env', definition.env],
    ]),
    timestampMs: now,
  }
}
