import { alarm } from './alarms.ts'
import type { ConsumerContext } from './context.ts'
import type { Settled } from './run-chunk.ts'

const SKEW_MS = 3_600_000

/** Counts what became of committed messages, and raises the alarms their codes ask for. */
export function report<T>(context: ConsumerContext<T>, settled: readonly Settled[]): void {
  const { metrics, definition, clock, logger } = context
  const { topic } = definition
  for (const [outcome, items] of Map.groupBy(settled, (item) => item.outcome.type))
    metrics.messages.inc({ topic, outcome }, items.length)
  for (const { raw, outcome, alarm: wantsPerson } of settled) {
    if (Math.abs(clock.now() - raw.timestampMs) > SKEW_MS) metrics.clockSkew.inc({ topic })
    if (outcome.type === 'skipped') metrics.skippedMessages.inc({ topic, reason: outcome.reason })
    if (outcome.type !== 'rejected') continue
    const { code } = outcome
    metrics.quarantined.inc({ topic, code })
    if (code.startsWith('pg_')) metrics.leaks.inc({ code })
    const where = { topic, partition: raw.partition, offset: raw.offset.toString(), code }
    logger.warn({ event: 'message-quarantined', ...where })
    if (wantsPerson || ALARMING.has(code)) alarm(context, code, where)
  }
}

/** Codes a handler may give that mean a defect of ours or a foreign producer. */
const ALARMING: ReadonlySet<string> = new Set(['event_id_conflict', 'version_conflict'])
