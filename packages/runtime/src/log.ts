import { type DestinationStream, pino } from 'pino'

/** Structured lines with an `event` name. Never personal data: no names, e-mails, ORCID iDs, keys or tokens. */
export type Logger = import('pino').Logger

const SECRETS = [
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'apiKey',
  'req.headers.authorization',
  'req.headers.cookie',
]

export function createLogger(options: {
  readonly service: string
  readonly version: string
  readonly level: string
  readonly destination?: DestinationStream
}): Logger {
  const { service, version, level, destination } = options
  const settings = {
    level,
    base: { service, version, pid: process.pid },
    messageKey: 'message',
    redact: { paths: SECRETS.flatMap((key) => (key.includes('.') ? [key] : [key, `*.${key}`])), censor: '[redacted]' },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  }
  return destination ? pino(settings, destination) : pino(settings)
}
