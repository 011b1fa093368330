import type { RawMessage } from './contract.ts'

// Fewer messages are somebody's answer, which nobody holds back.
const STREAM = 16
// Half of what a fetch brings of one partition: more of it, and a backlog is being worked off.
const BACKLOG_BYTES = 256 * 1024

/**
 * Whether these messages, taken together, are a stream that is read as it is written, in pieces far smaller than the
 * `limit` of a transaction. Then a moment's waiting saves most of the transactions, and costs nobody anything. Pure.
 */
export function isThinStream(messages: readonly Pick<RawMessage, 'value'>[], limit: number): boolean {
  if (messages.length < STREAM || messages.length >= limit / 2) return false
  return messages.reduce((bytes, { value }) => bytes + (value?.length ?? 0), 0) < BACKLOG_BYTES
}
