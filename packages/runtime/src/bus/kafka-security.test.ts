import { describe, expect, it } from 'vitest'
import { type Env, readEnv } from '../env-reader.ts'
import { readKafkaSecurity } from './kafka-security.ts'

const read = (env: Env) => readEnv(env, readKafkaSecurity)

describe('how brokers and we know each other', () => {
  it('is in clear and without a password unless told otherwise', () => {
    expect(read({})).toEqual({})
  })

  it('TLS alone trusts the authorities of the system, or the one that is given', () => {
    expect(read({ KAFKA_SECURITY_PROTOCOL: 'SSL' })).toEqual({ ssl: {} })
    expect(read({ KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_CA: 'pem' })).toEqual({ ssl: { ca: 'pem' } })
  })

  it('SCRAM-SHA-512 over TLS, if no other mechanism is named', () => {
    const env = { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_CA: 'pem', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' }
    expect(read(env)).toEqual({
      ssl: { ca: 'pem' },
      sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'p' },
    })
  })

  it.each([
    [{ KAFKA_SECURITY_PROTOCOL: 'TLS' }, 'must be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL'],
    [{ KAFKA_PASSWORD: 'p' }, 'KAFKA_PASSWORD: needs KAFKA_SECURITY_PROTOCOL SASL_SSL, not PLAINTEXT'],
    [{ KAFKA_CA: 'pem' }, 'need KAFKA_SECURITY_PROTOCOL SSL or SASL_SSL, not PLAINTEXT'],
    [{ KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_KEY: 'k' }, 'KAFKA_CERT and KAFKA_KEY go together'],
    [{ KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_USERNAME: 'u' }, 'KAFKA_PASSWORD is missing'],
    [
      {
        KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
        KAFKA_SASL_MECHANISM: 'plain',
        KAFKA_USERNAME: 'u',
        KAFKA_PASSWORD: 'p',
      },
      'would send the password in clear',
    ],
  ])('%j: %s', (env, mistake) => {
    expect(() => read(env)).toThrow(mistake)
  })
})
