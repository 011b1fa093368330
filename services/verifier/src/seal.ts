import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const VERSION = 1
const NONCE = 12
const TAG = 16

/** What is sealed, bound to its place: a ciphertext moved to another act or field does not open. */
export type SealedField = 'about' | 'private'

/** AES-256-GCM under the subject's key: version byte, random nonce, ciphertext, tag. */
export function seal(key: Buffer, actId: string, field: SealedField, plain: Buffer): Buffer {
  return encrypt(key, `${actId}:${field}`, plain)
}

/** Throws when the key is another one, or the bytes are not what was sealed for this act and field. */
export function unseal(key: Buffer, actId: string, field: SealedField, sealed: Buffer): Buffer {
  return decrypt(key, `${actId}:${field}`, sealed)
}

/** A subject's key as it is stored: under the master key, bound to the key's id and subject. */
export function wrapKey(masterKey: Buffer, keyId: string, profileId: string, key: Buffer): Buffer {
  return encrypt(masterKey, `${keyId}:${profileId}`, key)
}

export function unwrapKey(masterKey: Buffer, keyId: string, profileId: string, wrapped: Buffer): Buffer {
  return decrypt(masterKey, `${keyId}:${profileId}`, wrapped)
}

function encrypt(key: Buffer, bound: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(bound))
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Buffer, bound: string, sealed: Buffer): Buffer {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE + TAG)
    throw new Error(`cannot open a seal of version ${sealed[0]}`)
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE))
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(sealed.subarray(-TAG))
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE, -TAG)), decipher.final()])
}
