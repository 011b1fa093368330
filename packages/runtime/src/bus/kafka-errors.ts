import { MessageTooLargeError, RetryableError, UnknownTopicError } from './errors.ts'

/** The protocol's name of what went wrong, wherever in the chain of causes it is. */
export function protocolTypeOf(error: unknown): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++)
    if ('type' in current && typeof current.type === 'string') return current.type
  return undefined
}

/** Puts an error of the client library into our words. */
export function translate(error: unknown, doing: string): Error {
  const type = protocolTypeOf(error)
  const detail = `${doing}: ${error instanceof Error ? error.message : String(error)}`
  switch (type) {
    case 'MESSAGE_TOO_LARGE':
    case 'RECORD_LIST_TOO_LARGE':
      return new MessageTooLargeError(detail, { cause: error })
    case 'UNKNOWN_TOPIC_OR_PARTITION':
      return new UnknownTopicError(detail, { cause: error })
    default:
      return new RetryableError(detail, { cause: error })
  }
}
