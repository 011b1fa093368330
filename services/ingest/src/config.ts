import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Env, type EnvReader, readEnv, readServiceConfig, readVerifierConfig } from '@atlas/runtime'
import { SLOW } from './push/body.ts'
import { DEFAULT_LIMITS } from './push/limits.ts'

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
    /** Of keys that have none of their own; 0: no limit. */
    limits: {
      ratePerMinute: from.int('PUSH_RATE_PER_MINUTE', DEFAULT_LIMITS.ratePerMinute, { max: 1_000_000 }),
      maxBodyBytes: from.int('PUSH_MAX_BODY_BYTES', DEFAULT_LIMITS.maxBodyBytes),
      maxLines: from.int('PUSH_MAX_LINES', DEFAULT_LIMITS.maxLines),
      dailyRecords: from.int('PUSH_DAILY_RECORDS', DEFAULT_LIMITS.dailyRecords),
      dailyBytes: from.int('PUSH_DAILY_BYTES', DEFAULT_LIMITS.dailyBytes),
    },
    keysPerSource: from.int('KEYS_PER_SOURCE', 2, { min: 1, max: 100 }),
    matcher: {
      /** Absent: nobody is asked which work a record is in. */
      url: from.url('MATCHER_URL', ''),
      secret: from.secret('SERVICE_SECRET', ''),
      timeoutMs: from.int('MATCHER_TIMEOUT_MS', 2_000, { min: 10 }),
    },
    /** How often is looked for counts and the like that are due. */
    volatileSweepMs: from.int('VOLATILE_SWEEP_MS', 60_000, { min: 10 }),
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

/** One for each user of the machine: what another made cannot be written to. */
export function defaultSpool(): string {
  return join(tmpdir(), `atlas-imports-${userInfo().uid}`)
}

function common(from: EnvReader) {
  return {
    ...readServiceConfig(from, 'ingest'),
    /**
     * Uploads, and what of standard input cannot be read as it comes, until it is imported. Of one deployment only: what its
     * database does not know is swept out.
     */
    spoolDir: from.string('IMPORT_SPOOL_DIR', join(defaultSpool(), from.string('DB_NAME', ''))),
    /** Files that map sources of this institution's own; '' where there are none. */
    sourcesDir: from.string('SOURCES_DIR', ''),
    /** Where files may lie that are imported by name; '': anywhere. */
    importFolder: from.string('IMPORT_FOLDER', ''),
    /** Outbox rows that may wait before more is refused. */
    maxUnsent: from.int('MAX_UNSENT', 200_000, { min: 1 }),
    /** Between two publications of a record for nothing but citation counts and the like. */
    volatileMs: from.int('VOLATILE_PUBLISH_MS', 7 * 86_400_000),
  }
}
