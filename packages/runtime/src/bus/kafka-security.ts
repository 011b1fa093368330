import type { EnvReader } from '../env-reader.ts'
import type { KafkaConfig } from './kafka-config.ts'

export type KafkaSecurity = Pick<KafkaConfig, 'ssl' | 'sasl'>

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const
const MECHANISMS = ['scram-sha-512', 'scram-sha-256', 'plain'] as const

/**
 * How the brokers know us and we them, in the words that Kafka has for it. What is set and has no effect is a mistake:
 * somebody believes it has.
 */
export function readKafkaSecurity(from: EnvReader): KafkaSecurity {
  const protocol = from.oneOf('KAFKA_SECURITY_PROTOCOL', PROTOCOLS, 'PLAINTEXT')
  const ssl = readTls(from, protocol)
  const sasl = readSasl(from, protocol)
  return { ...(ssl ? { ssl } : {}), ...(sasl ? { sasl } : {}) }
}

function readTls(from: EnvReader, protocol: string): KafkaSecurity['ssl'] {
  const ca = from.string('KAFKA_CA', '')
  const cert = from.string('KAFKA_CERT', '')
  const key = from.secret('KAFKA_KEY', '')
  if (!protocol.endsWith('SSL')) {
    if (ca + cert + key !== '')
      from.mistake(`KAFKA_CA, KAFKA_CERT and KAFKA_KEY need KAFKA_SECURITY_PROTOCOL SSL or SASL_SSL, not ${protocol}`)
    return undefined
  }
  if ((cert === '') !== (key === '')) from.mistake('KAFKA_CERT and KAFKA_KEY go together: give both or none')
  return { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) }
}

function readSasl(from: EnvReader, protocol: string): KafkaSecurity['sasl'] {
  if (!protocol.startsWith('SASL_')) {
    const given = ['KAFKA_SASL_MECHANISM', 'KAFKA_USERNAME', 'KAFKA_PASSWORD'].filter(
      (name) => from.string(name, '') !== '',
    )
    if (given.length > 0) from.mistake(`${given.join(', ')}: needs KAFKA_SECURITY_PROTOCOL SASL_SSL, not ${protocol}`)
    return undefined
  }
  const mechanism = from.oneOf('KAFKA_SASL_MECHANISM', MECHANISMS, 'scram-sha-512')
  if (mechanism === 'plain' && protocol === 'SASL_PLAINTEXT')
    from.mistake(
      'KAFKA_SASL_MECHANISM "plain" would send the password in clear: it needs KAFKA_SECURITY_PROTOCOL SASL_SSL',
    )
  return { mechanism, username: from.string('KAFKA_USERNAME'), password: from.secret('KAFKA_PASSWORD') }
}
