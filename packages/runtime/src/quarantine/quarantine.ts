import type { RawMessage } from '../consumer/contract.ts'
import { type ConsumerDefinition, groupOf } from '../consumer/definition.ts'
import { describeError, meaningOf } from '../consumer/error-policy.ts'
import { followUp, inOrder } from '../consumer/facts-in-order.ts'
import { prepare } from '../consumer/prepare.ts'
import { contextOf } from '../consumer/run-chunk.ts'
import { passOver } from '../consumer/store-facts.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Database, Tx } from '../postgres/database.ts'
import type { Quarantined } from './quarantined.ts'
import { closeQuarantined, listBlocked, lockQuarantined, noteFailedReplay } from './store-quarantine.ts'

export type Decision =
  /** `followed`: quarantine ids of the facts that waited for it and are done with now. */
  | { readonly type: 'replayed'; readonly followed: readonly number[] }
  | { readonly type: 'discarded'; readonly followed: readonly number[] }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'failed'; readonly code: string; readonly detail: string }

export interface DecideOptions<T> {
  readonly database: Database
  readonly outbox: Outbox
  /** Of the row's group: its decoder and handler are what replay runs. */
  readonly definition: ConsumerDefinition<T>
  readonly id: number
  readonly by: string
}

/** Undoes the transaction of a replay that the handler rejects. */
class ReplayFailedError extends Error {
  override readonly name = 'ReplayFailedError'
  readonly code: string
  constructor(code: string, detail: string) {
    super(detail)
    this.code = code
  }
}

/**
 * Runs the stored bytes through the same decoder and handler, in one transaction, and with them the facts that waited
 * for it. A row already decided is refused; a replay that fails again changes nothing.
 */
export async function replayQuarantine<T>(options: DecideOptions<T>): Promise<Decision> {
  const { database, id, by } = options
  try {
    return await database.transaction((tx) => replay(tx, options))
  } catch (error) {
    const failure = error instanceof ReplayFailedError ? { code: error.code, detail: error.message } : failureOf(error)
    if (!failure) throw error
    await noteFailedReplay(database, id, { by, ...failure })
    return { type: 'failed', ...failure }
  }
}

/** Gives a message up, with a reason; facts that waited for it are processed in the same transaction. */
export async function discardQuarantine<T>(options: DecideOptions<T> & { readonly reason: string }): Promise<Decision> {
  const { database, outbox, definition, id, by, reason } = options
  if (reason.trim() === '') return { type: 'refused', reason: 'a reason is needed' }
  return database.transaction(async (tx) => {
    const row = await openRow(tx, definition, id)
    if (typeof row === 'string') return { type: 'refused', reason: row }
    const blocked = await listBlocked(tx, row)
    await closeQuarantined(tx, id, { state: 'discarded', by, reason })
    const seq = Number(row.headers['revision'])
    const scope = { group: row.group, topic: row.topic }
    if (definition.kind === 'fact' && row.key !== null && Number.isSafeInteger(seq))
      if (await passOver(tx, scope, row.key, seq)) await outbox.append(tx, await followUp(tx, definition, row.key))
    return { type: 'discarded', followed: await settledOf(tx, row, blocked) }
  })
}

async function replay<T>(tx: Tx, { outbox, definition, id, by }: DecideOptions<T>): Promise<Decision> {
  const row = await openRow(tx, definition, id)
  if (typeof row === 'string') return { type: 'refused', reason: row }
  if (row.code === 'bad_headers') return { type: 'refused', reason: 'its headers are not kept as they came' }
  const blocked = await listBlocked(tx, row)
  const raw = rawOf(row)
  const prepared = await prepare(definition, raw)
  const outcome = 'outcome' in prepared ? prepared.outcome : (await handlerOf(definition)(tx, [prepared.message]))[0]
  if (!outcome) throw new ReplayFailedError('handler_defect', 'the handler gave no outcome')
  if (outcome.type === 'rejected') throw new ReplayFailedError(outcome.code, outcome.detail)
  if (outcome.type === 'done') await outbox.append(tx, outcome.outbox, contextOf(raw))
  await closeQuarantined(tx, id, { state: 'replayed', by, reason: outcome.type })
  return { type: 'replayed', followed: await settledOf(tx, row, blocked) }
}

async function openRow<T>(tx: Tx, definition: ConsumerDefinition<T>, id: number): Promise<Quarantined | string> {
  const row = await lockQuarantined(tx, id)
  if (!row) return `no quarantined message "${id}"`
  if (row.state !== 'open') return `it is ${row.state} already`
  if (row.group !== groupOf(definition)) return `it belongs to group "${row.group}"`
  if (row.code === 'blocked_by_quarantine') return 'it waits for the one before it: decide that one'
  return row
}

function handlerOf<T>(definition: ConsumerDefinition<T>) {
  return definition.kind === 'fact' ? inOrder(definition).handle : definition.handle
}

/** What a later replay may cure is no failure of the message. */
function failureOf(error: unknown): { readonly code: string; readonly detail: string } | undefined {
  const meaning = meaningOf(error)
  return meaning.type === 'poison' ? { code: meaning.code, detail: describeError(error) } : undefined
}

async function settledOf(tx: Tx, row: Quarantined, before: readonly number[]): Promise<readonly number[]> {
  const still = new Set(await listBlocked(tx, row))
  return before.filter((id) => !still.has(id))
}

function rawOf(row: Quarantined): RawMessage {
  return {
    topic: row.topic,
    partition: row.partition,
    offset: row.offset,
    key: row.key,
    value: row.value,
    headers: new Map(Object.entries(row.headers)),
    timestampMs: row.producedAt.getTime(),
  }
}
