/** Try again later: the only error of ours that may reach the client library. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError'
  readonly retryable = true
}

/** The broker refuses the message for its size, now and for ever. */
export class MessageTooLargeError extends Error {
  override readonly name = 'MessageTooLargeError'
}

/** The topic or partition is not there. */
export class UnknownTopicError extends Error {
  override readonly name = 'UnknownTopicError'
}
