import { hash } from 'node:crypto'
import type { OutgoingMessage } from '../bus/port.ts'

/** A message that is ready but for its headers. */
export interface Envelope {
  readonly topic: string
  readonly partition: number
  readonly key: string
  readonly eventId: string
  /** `version`, `revision` or `seq`. */
  readonly revision: number
  readonly type: string
  readonly value: Buffer
  readonly traceparent: string | undefined
  readonly causedBy: string | undefined
}

/** Gives a message the headers every message carries. */
export function messageOf(envelope: Envelope, env: string, now: number): OutgoingMessage {
  const { key, value, eventId, revision, type, traceparent, causedBy = '' } = envelope
  return {
    key,
    value,
    headers: {
      'event-id': eventId,
      revision: String(revision),
      type,
      'produced-at': new Date(now).toISOString(),
      env,
      trace: causedBy,
      traceparent: traceparent ?? traceOf(eventId),
    },
  }
}

/** Whatever had no trace begins one; the same event always the same. */
function traceOf(eventId: string): string {
  const hex = hash('sha256', eventId, 'hex')
  return `00-${hex.slice(0, 32)}-${hex.slice(32, 48)}-01`
}
