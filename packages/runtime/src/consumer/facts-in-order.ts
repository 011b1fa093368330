import type { Tx } from '../postgres/database.ts'
import { storeQuarantine } from '../quarantine/store-quarantine.ts'
import { done, type Handler, type OutboxEntry, type Outcome, type Received, rejected, skipped } from './contract.ts'
import type { FactIdentity } from './decide-fact.ts'
import { type ConsumerDefinition, groupOf } from './definition.ts'
import { createFactBook, type Waiting } from './fact-book.ts'
import { handleInOrder, type Step } from './handle-in-order.ts'
import { prepare } from './prepare.ts'
import {
  type FactScope,
  findApplied,
  listQuarantined,
  listWaiting,
  lockKeys,
  release,
  saveApplied,
  saveHeld,
  sha256Of,
  type WaitingFact,
} from './store-facts.ts'

/** A fact whose turn has come. */
interface Turn<T> extends Step<T> {
  readonly fact: WaitingFact
  /** The message of the chunk whose outcome tells of it. */
  readonly index: number
}

/** The definition with a handler that meets each fact of a key once, in the order of `seq`. */
export function inOrder<T>(definition: ConsumerDefinition<T>): ConsumerDefinition<T> {
  return { ...definition, handle: inOrderFacts(definition) }
}

/**
 * Facts of one key reach the handler in the order of `seq`, without a hole, each once. What comes early waits in
 * `held_facts`, or in quarantine when the one before is there, and follows in the transaction that closes the gap.
 */
export function inOrderFacts<T>(definition: ConsumerDefinition<T>): Handler<T> {
  const scope: FactScope = { group: groupOf(definition), topic: definition.topic }
  return async (tx, messages) => {
    const facts = messages.map((message) => factOf(definition, message))
    const book = await openBook(tx, scope, facts, [...new Set(facts.map(({ key }) => key))])
    const outcomes: Outcome[] = messages.map(() => skipped('stale'))
    const early = new Map<number, { readonly fact: WaitingFact; readonly blocked: boolean }>()
    const turns: Turn<T>[] = []
    for (const [index, fact] of facts.entries()) {
      const message = messages[index]
      if (!message) continue
      const decision = book.decide(fact, index)
      switch (decision.type) {
        case 'reject':
          outcomes[index] = rejected(decision.code, decision.detail)
          break
        case 'hold':
        case 'block':
          outcomes[index] = skipped(decision.type === 'hold' ? 'held' : 'blocked_by_quarantine')
          early.set(index, { fact, blocked: decision.type === 'block' })
          break
        case 'apply':
          turns.push({ key: fact.key, message, waited: false, fact, index })
          for (const next of book.followers(fact.key)) {
            if (next.index !== undefined) early.delete(next.index)
            turns.push(await turnOf(definition, next, messages, index))
          }
          break
        case 'skip':
          break
        default:
          decision satisfies never
      }
    }
    const results = await handleInOrder(tx, definition.handle, turns)
    for (const [at, turn] of turns.entries()) {
      const result = results[at]
      if (!result && !turn.waited) early.set(turn.index, { fact: turn.fact, blocked: true })
      outcomes[turn.index] = merge(turn, outcomes[turn.index], result)
    }
    await keep(tx, scope, turns, results, [...early.values()])
    return outcomes
  }
}

/** Handles what can go on under this key now, and returns what it asks to be sent. */
export async function followUp<T>(
  tx: Tx,
  definition: ConsumerDefinition<T>,
  key: string,
): Promise<readonly OutboxEntry[]> {
  const scope: FactScope = { group: groupOf(definition), topic: definition.topic }
  const book = await openBook(tx, scope, [], [key])
  const turns: Turn<T>[] = []
  for (const next of book.followers(key)) turns.push(await turnOf(definition, next, [], -1))
  const results = await handleInOrder(tx, definition.handle, turns)
  await keep(tx, scope, turns, results, [])
  return results.flatMap((result) => (result?.type === 'done' ? result.outbox : []))
}

function factOf<T>(definition: ConsumerDefinition<T>, { value, raw }: Received<T>): WaitingFact {
  const { key, revision, eventId } = definition.describe(value)
  return {
    key,
    seq: revision,
    eventId: eventId.toLowerCase(),
    sha256: sha256Of(raw.value),
    raw,
    quarantineId: undefined,
  }
}

async function openBook(tx: Tx, scope: FactScope, facts: readonly FactIdentity[], keys: readonly string[]) {
  return createFactBook({
    lastSeqs: await lockKeys(tx, scope, keys),
    applied: await findApplied(tx, scope, facts),
    waiting: await listWaiting(tx, scope, keys),
    quarantined: await listQuarantined(tx, scope, keys),
  })
}

/** A fact that waited was read once before, so that it can be read again. */
async function turnOf<T>(
  definition: ConsumerDefinition<T>,
  next: Waiting,
  messages: readonly Received<T>[],
  cause: number,
): Promise<Turn<T>> {
  const here = next.index === undefined ? undefined : messages[next.index]
  if (here && next.index !== undefined)
    return { key: next.key, message: here, waited: false, fact: next, index: next.index }
  const prepared = await prepare(definition, next.raw)
  if (!('message' in prepared)) throw new Error(`the fact held as "${next.eventId}" cannot be read any more`)
  return { key: next.key, message: prepared.message, waited: true, fact: next, index: cause }
}

/** The outcome of a message, with what those that waited for it ask to be sent. */
function merge<T>(turn: Turn<T>, before: Outcome | undefined, result: Outcome | undefined): Outcome {
  if (!turn.waited) return result ?? skipped('blocked_by_quarantine')
  if (result?.type !== 'done') return before ?? skipped('stale')
  return before?.type === 'done' ? done([...before.outbox, ...result.outbox]) : done(result.outbox)
}

async function keep<T>(
  tx: Tx,
  scope: FactScope,
  turns: readonly Turn<T>[],
  results: readonly (Outcome | undefined)[],
  early: readonly { readonly fact: WaitingFact; readonly blocked: boolean }[],
): Promise<void> {
  const factsWhose = (wanted: (result: Outcome | undefined, turn: Turn<T>) => boolean) =>
    turns.filter((turn, at) => wanted(results[at], turn)).map(({ fact }) => fact)
  await saveApplied(
    tx,
    scope,
    factsWhose((result) => result?.type === 'done' || result?.type === 'skipped'),
  )
  await release(
    tx,
    scope,
    factsWhose((result, { waited }) => waited && result !== undefined),
  )
  const refused = turns.flatMap(({ waited, fact }, at) => {
    const result = results[at]
    return waited && result?.type === 'rejected' ? [{ raw: fact.raw, code: result.code, detail: result.detail }] : []
  })
  const blocked = early
    .filter((item) => item.blocked)
    .map(({ fact }) => ({
      raw: fact.raw,
      code: 'blocked_by_quarantine',
      detail: `a fact before seq ${fact.seq} is in quarantine`,
    }))
  await storeQuarantine(tx, scope.group, scope.topic, [...refused, ...blocked])
  await saveHeld(
    tx,
    scope,
    early.filter((item) => !item.blocked).map(({ fact }) => fact),
  )
}
