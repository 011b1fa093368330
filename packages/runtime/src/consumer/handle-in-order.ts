import type { Tx } from '../postgres/database.ts'
import { type Handler, type Outcome, type Received, rejected } from './contract.ts'
import { describeError, meaningOf } from './error-policy.ts'

export interface Step<T> {
  readonly key: string
  readonly message: Received<T>
  /** It came earlier and waited: what is wrong with it must not be blamed on the message that came now. */
  readonly waited: boolean
}

/**
 * One outcome for each step; undefined for those that were not handled because one before them under the same key was
 * rejected.
 */
export async function handleInOrder<T>(
  tx: Tx,
  handle: Handler<T>,
  steps: readonly Step<T>[],
): Promise<readonly (Outcome | undefined)[]> {
  const messages = steps.map(({ message }) => message)
  if (messages.length === 0) return []
  const simple = new Set(steps.map(({ key }) => key)).size === steps.length && steps.every(({ waited }) => !waited)
  if (simple) return handle(tx, messages)
  // All at once is what nearly always works; the savepoint is for the rest.
  await tx.query('savepoint in_order')
  try {
    const outcomes = await handle(tx, messages)
    if (!outcomes.some(({ type }) => type === 'rejected')) return outcomes
  } catch (error) {
    if (meaningOf(error).type !== 'poison') throw error
  }
  await tx.query('rollback to savepoint in_order')
  return oneAfterAnother(tx, handle, steps)
}

async function oneAfterAnother<T>(
  tx: Tx,
  handle: Handler<T>,
  steps: readonly Step<T>[],
): Promise<readonly (Outcome | undefined)[]> {
  const stuck = new Set<string>()
  const outcomes: (Outcome | undefined)[] = []
  for (const step of steps) {
    if (stuck.has(step.key)) {
      outcomes.push(undefined)
      continue
    }
    const outcome = step.waited ? await onTrial(tx, handle, step) : await only(tx, handle, step)
    if (outcome.type === 'rejected') stuck.add(step.key)
    outcomes.push(outcome)
  }
  return outcomes
}

async function onTrial<T>(tx: Tx, handle: Handler<T>, step: Step<T>): Promise<Outcome> {
  await tx.query('savepoint on_trial')
  try {
    return await only(tx, handle, step)
  } catch (error) {
    const meaning = meaningOf(error)
    if (meaning.type !== 'poison') throw error
    await tx.query('rollback to savepoint on_trial')
    return rejected(meaning.code, describeError(error))
  }
}

async function only<T>(tx: Tx, handle: Handler<T>, { message }: Step<T>): Promise<Outcome> {
  const outcomes = await handle(tx, [message])
  const [outcome] = outcomes
  if (!outcome || outcomes.length !== 1) throw new Error(`the handler gave ${outcomes.length} outcomes for 1 message`)
  return outcome
}

/** All at once, or, when one of them is to blame, one by one: a message that cannot be handled is rejected by itself. */
export async function handleEach<T>(
  tx: Tx,
  handle: Handler<T>,
  messages: readonly Received<T>[],
): Promise<readonly Outcome[]> {
  if (messages.length === 0) return []
  await tx.query('savepoint each')
  try {
    return await handle(tx, messages)
  } catch (error) {
    if (meaningOf(error).type !== 'poison') throw error
  }
  await tx.query('rollback to savepoint each')
  const outcomes: Outcome[] = []
  for (const message of messages) outcomes.push(await onTrial(tx, handle, { key: '', message, waited: true }))
  return outcomes
}
