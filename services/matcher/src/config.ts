import { BLOCK_CAP } from '@atlas/linkage'
import { type Env, readEnv, readServiceConfig, readVerifierConfig } from '@atlas/runtime'
import { MAX_RECORDS } from './handlers/match-record.ts'

export type Config = ReturnType<typeof readConfig>

export function readConfig(env: Env) {
  return readEnv(env, (from) => ({
    ...readServiceConfig(from, 'matcher'),
    httpPort: from.int('HTTP_PORT', 8082, { max: 65_535 }),
    httpHost: from.string('HTTP_HOST', '127.0.0.1'),
    verifier: readVerifierConfig(from),
    maxRecords: from.int('MAX_CHUNK', MAX_RECORDS, { min: 1, max: MAX_RECORDS }),
    compareIdleMs: from.int('COMPARE_IDLE_MS', 5_000, { min: 50 }),
    // As the consumer's: in steps of its own a stream of single works would cost three times as much.
    comparePaceMs: from.int('COMPARE_PACE_MS', 300, { min: 0 }),
    // Whether a build with other rules than those that made the works waits until an operator has switched, or switches itself.
    newRules: from.oneOf('NEW_RULES', ['wait', 'switch'], env['ATLAS_ENV'] === 'production' ? 'wait' : 'switch'),
    // Profiles under a name and initial before that block is split by narrower keys, each with a share of this room.
    blockCap: from.int('BLOCK_CAP', BLOCK_CAP, { min: 1 }),
  }))
}
