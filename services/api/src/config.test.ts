import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const ENV = {
  KAFKA_BROKERS: 'k:9092',
  SCHEMA_REGISTRY_URL: 'http://registry',
  DB_HOST: 'db',
  DB_NAME: 'api_db',
  DB_USER: 'api_app',
  DB_PASSWORD: 'x',
  REDIS_URL: 'redis://redis',
  SESSION_SECRET: 'a secret of thirty-two characters',
  VERIFIER_URL: 'http://verifier',
  PROFILES_URL: 'http://profiles',
  MATCHER_URL: 'http://matcher',
  SERVICE_SECRET: 'secret',
  PRINCIPAL_PRIVATE_KEY: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  PRINCIPAL_PUBLIC_KEYS: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  SERVICE_CREDENTIALS: `api:${'0'.repeat(64)}`,
}
const PUBLIC = { HTTP_HOST: '0.0.0.0', PUBLIC_URL: 'https://atlas.example' }

describe('the configuration', () => {
  it('of a loopback development has sign-in without proof when asked for, and not by itself', () => {
    expect(readConfig({ ...ENV, ATLAS_ENV: 'development', DEV_SIGN_IN: 'true' }).developmentSignIn).toBe(true)
    expect(readConfig({ ...ENV, ATLAS_ENV: 'development' }).developmentSignIn).toBe(false)
    expect(readConfig({ ...ENV, ...PUBLIC, ATLAS_ENV: 'production' })).toMatchObject({
      developmentSignIn: false,
      secureCookies: true,
    })
  })

  it.each([
    ['sign-in without proof in production', { ATLAS_ENV: 'production', DEV_SIGN_IN: 'true' }, 'DEV_SIGN_IN'],
    ['cookies in clear on a public address', { ...PUBLIC, SECURE_COOKIES: 'false' }, 'SECURE_COOKIES'],
    ['a public address nobody was told', { HTTP_HOST: '0.0.0.0' }, 'PUBLIC_URL'],
    ['a secret that can be guessed', { SESSION_SECRET: 'short' }, 'SESSION_SECRET'],
    ['curators that are no profiles', { CURATORS: 'somebody' }, 'CURATORS'],
    ['owners without an address', { VERIFIER_URL: 'not an address' }, 'VERIFIER_URL'],
  ])('refuses %s', (_what, env, name) => {
    expect(() => readConfig({ ATLAS_ENV: 'development', ...ENV, ...env })).toThrow(name)
  })
})
