import { type Env, readEnv, readServiceConfig, readVerifierConfig } from '@atlas/runtime'

export type Config = ReturnType<typeof readConfig>

export function readConfig(env: Env) {
  return readEnv(env, (from) => ({
    ...readServiceConfig(from, 'profiles'),
    httpPort: from.int('HTTP_PORT', 8083, { max: 65_535 }),
    httpHost: from.string('HTTP_HOST', '127.0.0.1'),
    verifier: readVerifierConfig(from),
  }))
}
