import type { Batch } from '../bus/port.ts'
import type { ConsumerContext } from './context.ts'
import type { RawMessage } from './contract.ts'
import { describeError } from './error-policy.ts'
import { createLanes } from './lanes.ts'
import type { Patience } from './patience.ts'
import { prepare } from './prepare.ts'
import { report } from './report.ts'
import { runChunks } from './run-chunks.ts'
import { beginAttempts, type Place, type Progress } from './store-progress.ts'
import { type Stop, upToGap, workThrough } from './work-through.ts'

/** What one partition wants to have done. */
export interface Work {
  readonly place: Place
  readonly messages: readonly RawMessage[]
  /** More of the same fetch follows. */
  readonly more?: boolean
  readonly patience: Patience
  readonly live: Batch['live']
}

export interface Worked {
  /** Where the partition must stop, if it must. */
  readonly stop: Stop | undefined
  /** Of the transaction, without the waiting before it. */
  readonly tookMs: number
}

/** Takes the chunks of several partitions through one transaction, as long as nothing is wrong with any of them. */
export interface Together {
  work(work: Work): Promise<Worked>
}

// Of so many messages a transaction costs each next to nothing; to wait for more would only hold up who catches up.
const ENOUGH = 250
// From so many messages on what passes is a stream, which nobody waits for; from so many, or so many bytes, on it is a
// backlog, which is not held up: a fetch brings 2 MiB, packed.
const STREAM = 50
const BACKLOG = 1_000
const BACKLOG_BYTES = 2 * 2 ** 20

interface Waiting extends Work {
  readonly resolve: (worked: Worked) => void
  readonly reject: (error: unknown) => void
}

/**
 * A transaction costs the same for one message as for hundreds, and a topic of 24 partitions that is read as it is written
 * brings a few messages of each. So what has been fetched of all of them shares one: position, effects and outbox of each
 * partition are still committed together or not at all. Whatever is unusual, from a moved position to a message that is
 * refused, is left to `workThrough`, partition by partition, which alone puts aside, halts and narrows down. Others do not
 * wait for that.
 */
export function createTogether<T>(context: ConsumerContext<T>, limit: () => number): Together {
  const { clock, definition, logger, timers } = context
  const waiting: Waiting[] = []
  const lanes = createLanes(context.concurrency)
  // Where a process has died, one partition at a time: or the innocent beside the message to blame would be suspects too.
  const careful = createLanes(1)
  let running = false
  let lastBegan = Number.NEGATIVE_INFINITY
  let fetchedAt = Number.NEGATIVE_INFINITY
  let passing = 0
  let passingBytes = 0

  const alone = (work: Waiting, suspect = false) => {
    const began = clock.monotonic()
    const { place, messages, patience, live } = work
    ;(suspect ? careful : lanes)
      .run(() => workThrough(context, place, messages, patience, live, suspect))
      .then((stop) => work.resolve({ stop, tookMs: clock.monotonic() - began }), work.reject)
  }

  async function run(): Promise<void> {
    running = true
    fetchedAt = clock.monotonic()
    passing = 0
    passingBytes = 0
    while (waiting.length > 0) {
      // What was fetched at once arrives one after the other.
      await clock.sleep(0)
      await pace()
      const works = take(waiting, limit()).filter((work) => {
        if (!work.live()) work.resolve({ stop: undefined, tookMs: 0 })
        return work.live()
      })
      if (works.length > 0) await runTogether(works)
    }
    running = false
  }

  /** After a rest the first goes at once; of a stream, more comes while the next waits, and it is read in one fetch. */
  async function pace(): Promise<void> {
    const waitMs = lastBegan + timers.paceMs - clock.monotonic()
    if (waitMs > 0 && count(waiting) < Math.min(ENOUGH, limit())) await clock.sleep(waitMs)
    lastBegan = clock.monotonic()
  }

  async function runTogether(works: readonly Waiting[]): Promise<void> {
    const began = clock.monotonic()
    let left: readonly Waiting[] = works
    try {
      const begun = await beginAttempts(context.database, works.map(attemptOf), context.instance, {
        suspectsWait: true,
      })
      for (const work of works) if (isSuspect(begun.get(work.place.partition))) alone(work, true)
      left = works.filter((work) => !isSuspect(begun.get(work.place.partition)))
      const clean = left.filter(({ place, messages }) => begun.has(place.partition) && isDense(messages))
      const done = clean.length > 0 ? await commit(clean) : false
      if (!done) return
      left = left.filter((work) => !clean.includes(work))
      resolve(clean, clock.monotonic() - began)
    } catch (error) {
      logger.debug({ event: 'chunks-apart', topic: definition.topic, error: describeError(error) })
    } finally {
      for (const work of left) alone(work)
    }
  }

  /**
   * The next fetch follows when what this one brought is done with. A stream comes partition by partition: a fetch that
   * follows at once brings the first of them, and the next one the others.
   */
  function resolve(done: readonly Waiting[], tookMs: number): void {
    passing += count(done)
    for (const { messages } of done) for (const { value } of messages) passingBytes += value?.length ?? 0
    const goOn = () => {
      for (const work of done) work.resolve({ stop: undefined, tookMs })
    }
    const follows = waiting.length > 0 || done.some(({ more }) => more)
    const isBacklog = passing >= BACKLOG || passingBytes >= BACKLOG_BYTES || follows
    const leftMs = fetchedAt + timers.streamPaceMs - clock.monotonic()
    if (passing >= STREAM && !isBacklog && leftMs > 0) void clock.sleep(leftMs).then(goOn)
    else goOn()
  }

  /** False when one of the messages needs a decision of its own. */
  async function commit(works: readonly Work[]): Promise<boolean> {
    context.failpoints.hit('consume.before_tx')
    const chunks = await Promise.all(
      works.map(async ({ place, messages }) => ({
        place,
        chunk: await Promise.all(messages.map((raw) => prepare(definition, raw))),
      })),
    )
    const settled = await runChunks(context, chunks)
    if (!settled) return false
    context.failpoints.hit('consume.after_commit')
    report(context, settled)
    return true
  }

  return {
    work: (work) =>
      new Promise((resolve, reject) => {
        const one: Waiting = { ...work, resolve, reject }
        // Facts wait for one another across chunks; their book is kept partition by partition.
        if (definition.kind === 'fact') return alone(one)
        waiting.push(one)
        if (!running) void run()
      }),
  }
}

function count(works: readonly Work[]): number {
  return works.reduce((sum, { messages }) => sum + messages.length, 0)
}

/** The oldest of those that wait, as many as fit; at least one. */
function take(waiting: Waiting[], limit: number): readonly Waiting[] {
  let messages = 0
  let count = 0
  for (const work of waiting) {
    messages += work.messages.length
    if (count > 0 && messages > limit) break
    count++
  }
  return waiting.splice(0, count)
}

function attemptOf({ place, messages }: Work) {
  return { place, first: messages[0]?.offset ?? 0n, last: messages.at(-1)?.offset ?? 0n }
}

/** A process has begun here before and not come to an end. */
function isSuspect(begun: Progress | undefined): boolean {
  return begun !== undefined && (begun.attempts > 1 || begun.careful)
}

function isDense(messages: readonly RawMessage[]): boolean {
  return upToGap(messages).length === messages.length
}
