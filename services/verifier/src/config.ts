import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import {
  type Env,
  type EnvReader,
  readDatabaseConfig,
  readEnv,
  readServiceConfig,
  readVerifierConfig,
} from '@atlas/runtime'

export type Config = ReturnType<typeof readConfig>

export function readConfig(env: Env) {
  return readEnv(env, (from) => ({
    ...readServiceConfig(from, 'verifier'),
    httpPort: from.int('HTTP_PORT', 8084, { max: 65_535 }),
    httpHost: from.string('HTTP_HOST', '127.0.0.1'),
    verifier: readVerifierConfig(from),
    keysDatabase: readDatabaseConfig(from, 'verifier', 'KEYS_DB'),
    masterKey: masterKeyOf(from),
    checkpoints: readCheckpointConfig(from),
  }))
}

/** What `atlas audit verify` needs: the database to read, the checkpoints and the key they are signed with. */
export function readAuditConfig(env: Env) {
  return readEnv(env, (from) => ({
    database: readDatabaseConfig(from, 'audit'),
    checkpointDir: from.string('CHECKPOINT_DIR'),
    publicKey: publicKeyOf(from),
  }))
}

function readCheckpointConfig(from: EnvReader) {
  return {
    /** Outside every database: an append-only folder. */
    directory: from.string('CHECKPOINT_DIR'),
    origin: from.string('CHECKPOINT_ORIGIN', 'atlas-verify'),
    privateKey: keyOf(from, 'CHECKPOINT_PRIVATE_KEY', (der) =>
      createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
    ),
    everyMs: from.int('CHECKPOINT_EVERY_MS', 60_000, { min: 100 }),
    everyActs: from.int('CHECKPOINT_EVERY_ACTS', 1_000, { min: 1 }),
  }
}

function publicKeyOf(from: EnvReader): KeyObject {
  return keyOf(from, 'CHECKPOINT_PUBLIC_KEY', (der) => createPublicKey({ key: der, format: 'der', type: 'spki' }))
}

function keyOf(from: EnvReader, name: string, make: (der: Buffer) => KeyObject): KeyObject {
  const text = from.secret(name)
  try {
    return make(Buffer.from(text, 'base64'))
  } catch {
    // The reader's message would hold bytes of the key.
    from.mistake(`${name} is not an Ed25519 key as DER in base64`)
    return undefined as never
  }
}

function masterKeyOf(from: EnvReader): Buffer {
  const key = Buffer.from(from.secret('KEYS_MASTER_KEY'), 'base64')
  if (key.length !== 32) from.mistake('KEYS_MASTER_KEY must be 32 bytes in base64')
  return key
}
