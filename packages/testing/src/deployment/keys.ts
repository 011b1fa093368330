import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'

/** Those who ask other services. */
type Caller = 'api' | 'cli' | 'ingest'

/** The secrets of one deployment on one machine: made once, handed to each process by its environment. */
export interface DeploymentKeys {
  readonly principalPrivate: string
  readonly principalPublic: string
  readonly checkpointPrivate: string
  readonly checkpointPublic: string
  readonly keysMaster: string
  readonly session: string
  /** Secret of each caller of commands. */
  readonly services: Readonly<Record<Caller, string>>
}

export function makeKeys(): DeploymentKeys {
  const principal = ed25519()
  const checkpoint = ed25519()
  return {
    principalPrivate: principal.privateKey,
    principalPublic: principal.publicKey,
    checkpointPrivate: checkpoint.privateKey,
    checkpointPublic: checkpoint.publicKey,
    keysMaster: randomBytes(32).toString('base64'),
    session: randomBytes(32).toString('base64'),
    services: { api: secret(), cli: secret(), ingest: secret() },
  }
}

function secret(): string {
  return randomBytes(24).toString('base64url')
}

/** What the owners keep of the callers' secrets. */
export function credentialsOf(keys: DeploymentKeys): string {
  return Object.entries(keys.services)
    .map(([service, secret]) => `${service}:${createHash('sha256').update(secret).digest('hex')}`)
    .join(',')
}

function ed25519(): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  }
}
