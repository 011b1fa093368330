import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { EnvReader } from '../env-reader.ts'
import { Problem } from './problem.ts'

/** For whom a command is done: signed by the gateway, believed by the owner for a minute. */
export interface Principal {
  /** Profile id, user id, or a service's name. */
  readonly actor: string
  /** The profile acted for, when it is somebody else. */
  readonly onBehalfOf: string | null
  readonly roles: readonly Role[]
}
export type Role = 'researcher' | 'curator' | 'admin' | 'proxy' | 'service'

export const PRINCIPAL_HEADER = 'atlas-principal'
const LIFE_MS = 60_000
const SKEW_MS = 60_000

/** Makes the two headers of a command. */
export interface CommandSigner {
  headersFor(principal: Principal): Record<string, string>
}

/** Refuses (401) what carries no valid service credential and principal. */
export interface CommandVerifier {
  verify(headers: IncomingHttpHeaders): Principal
  /** For routes between services that act for nobody: the credential alone. Returns the caller's name. */
  verifyService(headers: IncomingHttpHeaders): string
}

export interface SignerConfig {
  readonly service: string
  readonly secret: string
  readonly privateKey: KeyObject
}
export interface VerifierConfig {
  /** SHA-256 hex of each caller's secret; two generations of a rotation may stand side by side. */
  readonly credentials: readonly { readonly service: string; readonly sha256: string }[]
  readonly publicKeys: readonly KeyObject[]
}

export function createSigner(config: SignerConfig, now: () => number): CommandSigner {
  return {
    headersFor(principal) {
      const body = Buffer.from(JSON.stringify({ ...principal, exp: now() + LIFE_MS })).toString('base64url')
      const signature = sign(null, Buffer.from(body), config.privateKey).toString('base64url')
      return { authorization: `Service ${config.service}:${config.secret}`, [PRINCIPAL_HEADER]: `${body}.${signature}` }
    },
  }
}

export function createVerifier(config: VerifierConfig, now: () => number): CommandVerifier {
  const verifyService = (headers: IncomingHttpHeaders): string => {
    const match = /^Service ([a-z-]+):(\S{1,256})$/.exec(headers.authorization ?? '')
    if (!match) throw new Problem(401, 'service_credential_required', 'send the credential of a service')
    const [, service = '', secret = ''] = match
    const given = createHash('sha256').update(secret).digest()
    const known = config.credentials.filter((credential) => credential.service === service)
    if (!known.some(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, 'hex'), given)))
      throw new Problem(401, 'service_credential_invalid', 'this credential is not known here')
    return service
  }
  return {
    verifyService,
    verify(headers) {
      verifyService(headers)
      const token = headers[PRINCIPAL_HEADER]
      if (typeof token !== 'string')
        throw new Problem(401, 'principal_required', 'a command must say for whom it is done')
      const [body = '', signature = ''] = token.split('.')
      const valid = config.publicKeys.some((key) =>
        verify(null, Buffer.from(body), key, Buffer.from(signature, 'base64url')),
      )
      if (!valid) throw new Problem(401, 'principal_invalid', 'the principal is not signed by the gateway')
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Principal & { exp: number }
      if (!(claims.exp > now() - SKEW_MS && claims.exp < now() + LIFE_MS + SKEW_MS))
        throw new Problem(401, 'principal_expired', 'the principal has expired; ask again')
      return { actor: claims.actor, onBehalfOf: claims.onBehalfOf, roles: claims.roles }
    },
  }
}

/** `SERVICE_SECRET` and `PRINCIPAL_PRIVATE_KEY` (PKCS 8 DER, base64). */
export function readSignerConfig(from: EnvReader, service: string): SignerConfig | undefined {
  const secret = from.secret('SERVICE_SECRET')
  const key = from.secret('PRINCIPAL_PRIVATE_KEY')
  if (secret === '' || key === '') return undefined
  return parsed(from, 'PRINCIPAL_PRIVATE_KEY', () => ({
    service,
    secret,
    privateKey: createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' }),
  }))
}

/** `SERVICE_CREDENTIALS` (`api:<sha256 hex>,cli:<sha256 hex>`) and `PRINCIPAL_PUBLIC_KEYS` (SPKI DER, base64, by commas). */
export function readVerifierConfig(from: EnvReader): VerifierConfig {
  const credentials = from.list('SERVICE_CREDENTIALS').map((pair) => {
    const [service = '', sha256 = ''] = pair.split(':')
    if (!/^[0-9a-f]{64}$/.test(sha256))
      from.mistake('SERVICE_CREDENTIALS must be pairs service:sha256 of its secret in hex')
    return { service, sha256 }
  })
  const publicKeys = from.list('PRINCIPAL_PUBLIC_KEYS').flatMap((key) => {
    const made = parsed(from, 'PRINCIPAL_PUBLIC_KEYS', () =>
      createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
    )
    return made ? [made] : []
  })
  return { credentials, publicKeys }
}

function parsed<T>(from: EnvReader, name: string, make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    from.mistake(`${name} cannot be read: ${(error as Error).message}`)
    return undefined
  }
}
