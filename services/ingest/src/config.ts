import { type Env, type EnvReader, readEnv, readServiceConfig, readVerifierConfig } from '@atlas/runtime'
import { SLOW } from './push/body.ts'

export type Config = ReturnType<typeof readConfig>
export type WorkConfig = ReturnType<typeof readWorkConfig>

/** What the service reads; every mistake is told at once. */
export function readConfig(env: Env) {
  return readEnv(env, (from) => ({
    ...common(from),
    httpPort: from.int('HTTP_PORT', 8081, { max: 65_535 }),
    httpHost: from.string('HTTP_HOST', '127.0.0.1'),
    verifier: readVerifierConfig(from),
    hosts: from.list('HTTP_ALLOWED_HOSTS', []),
    trustProxy: from.bool('HTTP_TRUST_PROXY', false),
    slow: {
      windowMs: from.int('PUSH_SLOW_WINDOW_MS', SLOW.windowMs, { min: 10 }),
      minBytes: from.int('PUSH_SLOW_MIN_BYTES', SLOW.minBytes),
    },
  }))
}

/** What a process of its own reads that imports files or normalises again. */
export function readWorkConfig(env: Env) {
  return readEnv(env, common)
}

function common(from: EnvReader) {
  return {
    ...readServiceConfig(from, 'ingest'),
    /** Outbox rows that may wait before more is refused. */
    maxUnsent: from.int('MAX_UNSENT', 200_000, { min: 1 }),
  }
}
