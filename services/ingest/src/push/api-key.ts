import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** `avk_<id>_<secret>`: the id finds the row, the secret is known to its holder only. */
export interface ApiKey {
  readonly id: string
  readonly secret: string
}

const KEY = /^avk_([0-9A-Za-z]{8})_([A-Za-z0-9_-]{43})$/
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A key in the form its holder sends, or undefined. */
export function parseApiKey(text: string): ApiKey | undefined {
  const match = KEY.exec(text)
  return match ? { id: match[1] ?? '', secret: match[2] ?? '' } : undefined
}

/** A new key: 256 random bits. */
export function createApiKey(): ApiKey {
  const id = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return { id, secret: randomBytes(32).toString('base64url') }
}

export function formatApiKey({ id, secret }: ApiKey): string {
  return `avk_${id}_${secret}`
}

/** All that is stored of a secret. */
export function secretHash(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

const NO_SECRET = secretHash('')

/** Takes the same time whether the key is unknown or its secret wrong. */
export function secretMatches(secret: string, stored: Buffer | undefined): boolean {
  return timingSafeEqual(secretHash(secret), stored ?? NO_SECRET) && stored !== undefined
}

/** The keys somebody put into a URL, where logs and proxies can read them. */
export function keysInUrl(url: string): ApiKey[] {
  return [...url.matchAll(/avk_[0-9A-Za-z]{8}_[A-Za-z0-9_-]{43}/g)].flatMap(([text]) => parseApiKey(text) ?? [])
}
