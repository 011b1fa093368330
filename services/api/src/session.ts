import { createHash, randomBytes } from 'node:crypto'
import { Problem } from '@atlas/runtime'
import type { Redis } from 'ioredis'

/** Who is signed in. Rights are read where they are used, not from here. */
export interface Session {
  readonly profileId: string
  readonly startedAt: number
}

/** Sessions of requests, named by the header `Cookie`. Each method rejects with 503 while the store is away. */
export interface Sessions {
  /** A new id for a new sign-in; the id from before is worth nothing afterwards. Returns the header `Set-Cookie`. */
  start(cookies: string | undefined, profileId: string): Promise<string>
  /** Rejects with 401 without a session. */
  find(cookies: string | undefined): Promise<Session>
  /** Returns the header `Set-Cookie` that forgets it. */
  end(cookies: string | undefined): Promise<string>
}

export interface SessionOptions {
  readonly redis: Redis
  /** `Secure` and the `__Host-` prefix; only a loopback deployment may go without. */
  readonly secure: boolean
  readonly now: () => number
  /** A value in the store that we cannot have written. */
  readonly onCorrupt: () => void
}

const IDLE_MS = 30 * 60_000
const ABSOLUTE_MS = 12 * 3600_000
const ID = /^[A-Za-z0-9_-]{43}$/

export function sessionCookie(secure: boolean): string {
  return secure ? '__Host-av_session' : 'av_session'
}

/** Opaque ids in Redis under the hash of the id: whoever reads the store learns no id. Losing it signs everybody out. */
export function createSessions({ redis, secure, now, onCorrupt }: SessionOptions): Sessions {
  const cookie = sessionCookie(secure)
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const forget = `${cookie}=; Max-Age=0; ${attributes}`
  const keyOf = (id: string) => `session:${createHash('sha256').update(id).digest('hex')}`
  const invalid = (detail: string) => new Problem(401, 'session_invalid', detail, { headers: { 'Set-Cookie': forget } })
  const drop = async (cookies: string | undefined) => {
    const id = cookieOf(cookies, cookie)
    if (id !== undefined && ID.test(id)) await stored(() => redis.del(keyOf(id)))
  }

  return {
    async start(cookies, profileId) {
      await drop(cookies)
      const id = randomBytes(32).toString('base64url')
      const session: Session = { profileId, startedAt: now() }
      await stored(() => redis.set(keyOf(id), JSON.stringify(session), 'PX', IDLE_MS))
      return `${cookie}=${id}; ${attributes}`
    },
    async find(cookies) {
      const id = cookieOf(cookies, cookie)
      if (id === undefined) throw new Problem(401, 'login_required', 'sign in first')
      if (!ID.test(id)) throw invalid('the session cookie is not one of ours; sign in again')
      const value = await stored(() => readAlive(redis, keyOf(id)))
      const session = value === null ? null : parseSession(value)
      if (session === undefined) {
        onCorrupt()
        await stored(() => redis.del(keyOf(id)))
        throw invalid('the session cannot be read; sign in again')
      }
      if (session === null || session.startedAt < now() - ABSOLUTE_MS)
        throw new Problem(401, 'session_expired', 'the session has ended; sign in again')
      return session
    },
    async end(cookies) {
      await drop(cookies)
      return forget
    },
  }
}

/** The value of a cookie; two different ones may come from a sub-domain that plants its own. */
function cookieOf(cookies: string | undefined, name: string): string | undefined {
  const values = (cookies ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
  if (new Set(values).size > 1) throw new Problem(400, 'ambiguous_cookie', 'the session cookie came twice')
  return values[0]
}

/** Reads, and puts the end off; a key of another type reads as nonsense. */
async function readAlive(redis: Redis, key: string): Promise<string | null> {
  try {
    return await redis.getex(key, 'PX', IDLE_MS)
  } catch (error) {
    if ((error as Error).message.startsWith('WRONGTYPE')) return ''
    throw error
  }
}

async function stored<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    throw Object.assign(
      new Problem(503, 'session_store_unavailable', 'sessions cannot be read now; try again', {
        headers: { 'Retry-After': '5' },
      }),
      { cause },
    )
  }
}

// Ours have about 80 characters.
const MAX_LENGTH = 1_000

function parseSession(text: string): Session | undefined {
  if (text.length > MAX_LENGTH) return undefined
  try {
    const value = JSON.parse(text) as Partial<Session> | null
    return typeof value?.profileId === 'string' && typeof value.startedAt === 'number'
      ? { profileId: value.profileId, startedAt: value.startedAt }
      : undefined
  } catch {
    // What is in the store is not ours.
    return undefined
  }
}
