import { type Env, readEnv, readServiceConfig, readSignerConfig, readVerifierConfig } from '@atlas/runtime'

export type Config = ReturnType<typeof readConfig>

export function readConfig(env: Env) {
  return readEnv(env, (from) => {
    const service = readServiceConfig(from, 'api')
    const developmentSignIn = from.bool('DEV_SIGN_IN', false)
    if (developmentSignIn && service.env === 'production') from.mistake('DEV_SIGN_IN must not be true in production')
    const httpHost = from.string('HTTP_HOST', '127.0.0.1')
    return {
      ...service,
      developmentSignIn,
      httpHost,
      httpPort: from.int('HTTP_PORT', 8080, { max: 65_535 }),
      redisUrl: from.url('REDIS_URL'),
      cursorSecret: from.secret('SESSION_SECRET'),
      // Over plain HTTP a browser keeps no Secure cookie; only a loopback address may go without.
      secureCookies: from.bool('SECURE_COOKIES', service.env === 'production' || httpHost !== '127.0.0.1'),
      verifierUrl: from.url('VERIFIER_URL'),
      profilesUrl: from.url('PROFILES_URL'),
      matcherUrl: from.url('MATCHER_URL'),
      signer: readSignerConfig(from, 'api'),
      operators: readVerifierConfig(from),
    }
  })
}
