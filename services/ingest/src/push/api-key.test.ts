import { describe, expect, it } from 'vitest'
import { createApiKey, formatApiKey, keysInUrl, parseApiKey, secretHash, secretMatches } from './api-key.ts'

const secret = 'a'.repeat(43)

describe('a push key', () => {
  it('is read back as it was made', () => {
    const key = createApiKey()
    expect(formatApiKey(key)).toMatch(/^avk_[0-9A-Za-z]{8}_[A-Za-z0-9_-]{43}$/)
    expect(parseApiKey(formatApiKey(key))).toEqual(key)
    expect(createApiKey()).not.toEqual(key)
  })

  it.each([
    '',
    'avk_',
    `avk_short_${secret}`,
    `avk_12345678_${secret}x`,
    `avk_12345678_${secret.slice(1)}`,
    `Avk_12345678_${secret}`,
    `avk_1234567ß_${secret}`,
  ])('%j is none', (text) => expect(parseApiKey(text)).toBeUndefined())

  it('matches by the hash of its secret, and never an unknown one', () => {
    expect(secretMatches(secret, secretHash(secret))).toBe(true)
    expect(secretMatches('b'.repeat(43), secretHash(secret))).toBe(false)
    expect(secretMatches('', undefined)).toBe(false)
  })

  it('is found in a URL', () => {
    expect(keysInUrl(`/v1/x?key=avk_12345678_${secret}`)).toEqual([{ id: '12345678', secret }])
    expect(keysInUrl('/v1/x?key=avk_1')).toEqual([])
  })
})
