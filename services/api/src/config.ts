import { parseUuid } from '@atlas/identifiers'
import {
  type Env,
  type EnvReader,
  readEnv,
  readServiceConfig,
  readSignerConfig,
  readVerifierConfig,
} from '@atlas/runtime'
import { isLoopbackName } from './routes/guard.ts'

export type Config = ReturnType<typeof readConfig>

export function readConfig(env: Env) {
  return readEnv(env, (from) => {
    const service = readServiceConfig(from, 'api')
    const production = service.env === 'production'
    const httpHost = from.string('HTTP_HOST', '127.0.0.1')
    const loopback = isLoopbackName(httpHost)
    const developmentSignIn = from.bool('DEV_SIGN_IN', false)
    if (developmentSignIn && production) from.mistake('DEV_SIGN_IN must not be true in production')
    const secureCookies = from.bool('SECURE_COOKIES', production || !loopback)
    if (!secureCookies && !loopback)
      from.mistake('SECURE_COOKIES must not be false unless HTTP_HOST is a loopback address')
    return {
      ...service,
      developmentSignIn,
      httpHost,
      loopback,
      httpPort: from.int('HTTP_PORT', 8080, { max: 65_535 }),
      publicUrl: readPublicUrl(from, loopback),
      redisUrl: from.url('REDIS_URL'),
      redisTimeoutMs: from.int('REDIS_TIMEOUT_MS', 500, { min: 50, max: 10_000 }),
      cursorSecret: readCursorSecret(from),
      secureCookies,
      verifierUrl: from.url('VERIFIER_URL'),
      profilesUrl: from.url('PROFILES_URL'),
      matcherUrl: from.url('MATCHER_URL'),
      curators: readCurators(from),
      ownerTimeoutMs: from.int('OWNER_TIMEOUT_MS', 10_000, { min: 100, max: 60_000 }),
      signer: readSignerConfig(from, 'api'),
      operators: readVerifierConfig(from),
    }
  })
}

/** Where browsers find us; on a loopback address they find us by its names. */
function readPublicUrl(from: EnvReader, loopback: boolean): URL | undefined {
  const url = from.url('PUBLIC_URL', '')
  if (url !== '') return URL.canParse(url) ? new URL(url) : undefined
  if (!loopback)
    from.mistake('PUBLIC_URL is missing: give the address browsers use, since HTTP_HOST is not a loopback address')
  return undefined
}

/** Profile ids of those who may rule on works; nobody by default. */
function readCurators(from: EnvReader): ReadonlySet<string> {
  const ids = from.list('CURATORS', []).map((id) => parseUuid(id))
  if (ids.includes(undefined)) from.mistake('CURATORS must be profile ids')
  return new Set(ids.filter((id) => id !== undefined))
}

function readCursorSecret(from: EnvReader): string {
  const secret = from.secret('SESSION_SECRET')
  if (secret !== '' && secret.length < 32) from.mistake('SESSION_SECRET must have at least 32 characters')
  return secret
}
