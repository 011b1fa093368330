import { classOf } from '../postgres/sqlstate.ts'

/** What an error thrown while a chunk was worked on means for the chunk. */
export type Meaning =
  /** Lost a race: at once again. */
  | { readonly type: 'contention' }
  /** Something is away: again with back-off. */
  | { readonly type: 'unavailable' }
  /** The message, or our handler with it: quarantine. `leak`: validation should have refused it. */
  | {
      readonly type: 'poison'
      readonly code: string
      readonly detail: string
      readonly alarm: boolean
      readonly leak: boolean
    }
  /** Not the message: the partition stands still. */
  | { readonly type: 'halt'; readonly code: string; readonly detail: string }
  /** Wrong schema or rights: the process must not go on. */
  | { readonly type: 'deployment' }

/** The handler took longer than it may. */
export class HandlerTimeoutError extends Error {
  override readonly name = 'HandlerTimeoutError'
}

export function meaningOf(error: unknown): Meaning {
  const text = describeError(error)
  if (error instanceof HandlerTimeoutError) return poison('handler_timeout', text)
  if (isObject(error) && error['retryable'] === true) return { type: 'unavailable' }
  if (isObject(error) && typeof error['haltCode'] === 'string')
    return { type: 'halt', code: error['haltCode'], detail: text }
  if (isObject(error) && error['name'] === 'TooLargeError') return poison('message_too_large', text)
  const code = isObject(error) && typeof error['code'] === 'string' ? error['code'] : ''
  const kind = classOf(error)
  switch (kind) {
    case 'contention':
      return { type: 'contention' }
    case 'unavailable':
    case 'demoted':
      return { type: 'unavailable' }
    case 'data':
      return { ...poison(`pg_${code.toLowerCase()}`, text), leak: true }
    case 'constraint':
      return poison('constraint', text)
    case 'deployment':
      return { type: 'deployment' }
    case 'other':
      return poison('handler_defect', text)
    default:
      return kind satisfies never
  }
}

function poison(code: string, detail: string): Meaning & { type: 'poison' } {
  return { type: 'poison', code, detail, alarm: true, leak: false }
}

/** A handler may throw anything at all. */
export function describeError(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`.slice(0, 2_000)
  return `thrown: ${typeof error === 'object' ? 'an object' : String(error)}`.slice(0, 2_000)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
