import { createHmac, timingSafeEqual } from 'node:crypto'
import { Problem } from '@atlas/runtime'

/** Cursors name where a page ended; they hold for the same person and the same filter only. */
export interface Cursors {
  encode(scope: string, key: unknown): string
  decode<T>(scope: string, cursor: string): T
}

export function createCursors(secret: string): Cursors {
  const macOf = (scope: string, body: string) =>
    createHmac('sha256', secret).update(`v1\u001f${scope}\u001f${body}`).digest()
  return {
    encode(scope, key) {
      const body = Buffer.from(JSON.stringify(key)).toString('base64url')
      return `${body}.${macOf(scope, body).toString('base64url')}`
    },
    decode<T>(scope: string, cursor: string): T {
      const [body = '', mac = '', rest] = cursor.split('.')
      const given = Buffer.from(mac, 'base64url')
      const wanted = macOf(scope, body)
      if (
        rest !== undefined ||
        cursor.length > 1_000 ||
        given.length !== wanted.length ||
        !timingSafeEqual(given, wanted)
      )
        throw new Problem(400, 'invalid_cursor', 'this cursor belongs to another list; start from the first page')
      return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as T
    },
  }
}
