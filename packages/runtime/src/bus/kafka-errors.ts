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
  const remedy = remedyFor(error)
  const detail = `${doing}: ${error instanceof Error ? error.message : String(error)}${remedy ? ` (${remedy})` : ''}`
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

// What a client hears that is set up in another way than the broker, and what to set instead.
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/SASL .* authentication failed/i, 'check KAFKA_USERNAME, KAFKA_PASSWORD and KAFKA_SASL_MECHANISM'],
  [/mechanism .* not supported|UNSUPPORTED_SASL_MECHANISM/i, 'check KAFKA_SASL_MECHANISM'],
  [
    /self-signed|unable to (?:verify the first|get (?:local )?issuer) certificate/i,
    "KAFKA_CA_FILE must name the certificate of the authority that signed the broker's",
  ],
  [/altname|Hostname\/IP does not match/i, "KAFKA_BROKERS must use a name that is in the broker's certificate"],
  [/certificate has expired|certificate is not yet valid/i, "renew the broker's certificate"],
  [
    /wrong version number|packet length too long|before secure TLS connection/i,
    'the broker speaks no TLS there: check KAFKA_SECURITY_PROTOCOL',
  ],
]

/** The setting that is probably wrong, where what the client heard tells. */
export function remedyFor(error: unknown): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const { message } = current
    const found = REMEDIES.find(([heard]) => heard.test(message))
    if (found) return found[1]
  }
  return undefined
}
