import type { Batch } from '../bus/port.ts'
import type { ConsumerContext } from './context.ts'
import type { RawMessage } from './contract.ts'
import { describeError, meaningOf } from './error-policy.ts'
import type { Halt } from './halt.ts'
import { breachBelow } from './log-breach.ts'
import type { Patience } from './patience.ts'
import { type Prepared, prepare } from './prepare.ts'
import { report } from './report.ts'
import { BrakeError, PositionMovedError, runChunk, type Settled } from './run-chunk.ts'
import { beginAttempts, listProgress, type Place, type Progress } from './store-progress.ts'
import { MembershipLostError } from './waiting.ts'

/** Two processes may die on a message; the third puts it aside without looking at it. */
const DEATHS_ALLOWED = 2

/** A wrong schema or missing rights: no message is to blame and no later try helps. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError'
}

/** Where the partition has to stop, and why. */
export interface Stop {
  readonly at: bigint
  readonly halt: Halt
  /** Already stored, by us earlier or by somebody else. */
  readonly stored: boolean
}

/**
 * Works through consecutive messages of one partition, each in a committed transaction. What is wrong with a message
 * ends in quarantine; the answer is where the partition must stop, if it must.
 */
export async function workThrough<T>(
  context: ConsumerContext<T>,
  place: Place,
  messages: readonly RawMessage[],
  patience: Patience,
  live: Batch['live'],
  oneByOne = false,
): Promise<Stop | undefined> {
  let rest = messages
  let oneByOneUntil = oneByOne ? (messages.at(-1)?.offset ?? -1n) : -1n
  let stopBefore: bigint | undefined
  while (live()) {
    const next = upToGap(rest)
    const [first, last] = [next[0], next.at(-1)]
    if (!first || !last) return undefined
    const begun = await patience(() =>
      beginAttempts(context.database, [{ place, first: first.offset, last: last.offset }], context.instance),
    ).then((byPartition) => byPartition.get(place.partition))
    if (!begun) {
      const stored = await patience(() => positionOf(context, place))
      const stop = stopOf(stored, first.offset)
      if (stop) return stop
      const halt = await patience(() => breachBelow(context, place.partition, stored))
      if (halt) return { at: stored.nextOffset, halt, stored: false }
      rest = rest.filter(({ offset }) => offset >= stored.nextOffset)
      continue
    }
    context.failpoints.hit('consume.before_tx')
    const alone = begun.careful || first.offset <= oneByOneUntil
    const chunk = alone ? [first] : next.filter(({ offset }) => stopBefore === undefined || offset < stopBefore)
    const result =
      begun.attempts > DEATHS_ALLOWED
        ? await tryChunk(
            context,
            place,
            [aside(first, 'crash_loop', `${begun.attempts - 1} processes died on it`)],
            patience,
          )
        : await tryMessages(context, place, chunk.length > 0 ? chunk : [first], patience)
    switch (result.type) {
      case 'settled':
        report(context, result.settled)
        rest = rest.slice(result.settled.length)
        break
      case 'moved':
        break
      case 'narrow':
        oneByOneUntil = last.offset
        break
      case 'brake':
        if (result.offset === first.offset) return { ...result.stop, stored: false }
        stopBefore = result.offset
        break
      case 'halt':
        return { at: first.offset, halt: result.halt, stored: false }
      default:
        result satisfies never
    }
  }
  return undefined
}

type Result =
  | { readonly type: 'settled'; readonly settled: readonly Settled[] }
  /** Look again where we are. */
  | { readonly type: 'moved' }
  /** One of them is to blame: find out which. */
  | { readonly type: 'narrow' }
  | { readonly type: 'brake'; readonly offset: bigint; readonly stop: Omit<Stop, 'stored'> }
  | { readonly type: 'halt'; readonly halt: Halt }

/** Reads and handles messages; a single one that cannot be handled is put aside. */
async function tryMessages<T>(
  context: ConsumerContext<T>,
  place: Place,
  messages: readonly RawMessage[],
  patience: Patience,
): Promise<Result> {
  try {
    const settled = await patience(
      async () => runChunk(context, place, await Promise.all(messages.map((raw) => prepare(context.definition, raw)))),
      { rethrowContention: messages.length > 1 },
    )
    context.failpoints.hit('consume.after_commit')
    return { type: 'settled', settled }
  } catch (error) {
    const known = resultOf(error)
    if (known) return known
    const [only] = messages
    const meaning = meaningOf(error)
    if (messages.length > 1 || !only || meaning.type !== 'poison') return { type: 'narrow' }
    return tryChunk(context, place, [aside(only, meaning.code, describeError(error))], patience)
  }
}

async function tryChunk<T>(
  context: ConsumerContext<T>,
  place: Place,
  chunk: readonly Prepared<T>[],
  patience: Patience,
): Promise<Result> {
  try {
    return { type: 'settled', settled: await patience(() => runChunk(context, place, chunk)) }
  } catch (error) {
    const known = resultOf(error)
    if (known) return known
    throw error
  }
}

/** Undefined: the messages are to blame. Throws what ends the work on this partition. */
function resultOf(error: unknown): Result | undefined {
  if (error instanceof MembershipLostError) throw error
  if (error instanceof PositionMovedError) return { type: 'moved' }
  if (error instanceof BrakeError) {
    const halt: Halt = { code: 'too_many_poison', detail: error.message }
    return { type: 'brake', offset: error.offset, stop: { at: error.offset, halt } }
  }
  const meaning = meaningOf(error)
  switch (meaning.type) {
    case 'unavailable':
      throw error
    case 'deployment':
      throw new DeploymentError(`the database refuses our statements: ${describeError(error)}`, { cause: error })
    case 'halt':
      return { type: 'halt', halt: { code: meaning.code, detail: meaning.detail } }
    case 'contention':
      return { type: 'narrow' }
    case 'poison':
      return undefined
    default:
      return meaning satisfies never
  }
}

function aside(raw: RawMessage, code: string, detail: string): Prepared<never> {
  return { raw, outcome: { type: 'rejected', code, detail }, alarm: true }
}

/** Offsets are dense: what follows a hole is looked at when the position has reached the hole. */
export function upToGap(messages: readonly RawMessage[]): readonly RawMessage[] {
  const first = messages[0]?.offset ?? 0n
  const end = messages.findIndex(({ offset }, at) => offset !== first + BigInt(at))
  return end === -1 ? messages : messages.slice(0, end)
}

async function positionOf<T>(context: ConsumerContext<T>, place: Place): Promise<Progress> {
  const stored = (await listProgress(context.database, place.group, place.topic)).get(place.partition)
  if (!stored) throw new Error(`no progress row for "${place.topic}" partition ${place.partition}`)
  return stored
}

function stopOf(stored: Progress, first: bigint): Stop | undefined {
  if (stored.halted) return { at: stored.nextOffset, halt: stored.halted, stored: true }
  if (stored.nextOffset >= first) return undefined
  const detail = `offsets ${stored.nextOffset} to ${first - 1n} are missing`
  return { at: stored.nextOffset, halt: { code: 'offset_gap', detail, found: first.toString() }, stored: false }
}
