/** Travels with every message that an entry becomes. */
export interface OutboxContext {
  readonly traceparent?: string
  /** The record ids behind it, so that any act can be traced to raw records: header `trace`. */
  readonly causedBy?: string
}
