import { createHash, randomBytes } from 'node:crypto'
import { Problem } from '@atlas/runtime'
import type { Request, Response } from 'express'
import type { Redis } from 'ioredis'

/** Who is signed in. Rights are read where they are used, not from here. */
export interface Session {
  readonly profileId: string
  readonly roles: readonly ('researcher' | 'curator' | 'admin' | 'proxy')[]
  readonly startedAt: number
}

export interface Sessions {
  /** A new id for a new sign-in, in a cookie that scripts and other sites cannot use. */
  start(response: Response, session: Omit<Session, 'startedAt'>): Promise<void>
  /** The session of a request; 401 without one, 503 while the store is away. */
  require(request: Request): Promise<Session>
  end(request: Request, response: Response): Promise<void>
}

const IDLE_MS = 30 * 60_000
const ABSOLUTE_MS = 12 * 3600_000
const ID = /^[A-Za-z0-9_-]{43}$/

export interface SessionOptions {
  readonly redis: Redis
  /** `Secure` and the `__Host-` prefix; only a loopback deployment may go without. */
  readonly secure: boolean
  readonly now: () => number
}

/** Opaque ids in Redis under the hash of the id: whoever reads the store learns no id. Losing it signs everybody out. */
export function createSessions({ redis, secure, now }: SessionOptions): Sessions {
  const cookie = secure ? '__Host-av_session' : 'av_session'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const keyOf = (id: string) => `session:${createHash('sha256').update(id).digest('hex')}`
  const idOf = (request: Request): string | undefined => {
    const values = (request.headers.cookie ?? '').split(';').flatMap((pair) => {
      const at = pair.indexOf('=')
      return pair.slice(0, at).trim() === cookie ? [pair.slice(at + 1).trim()] : []
    })
    if (new Set(values).size > 1) throw new Problem(400, 'ambiguous_cookie', 'the session cookie came twice')
    return values[0]
  }
  const stored = async <T>(ask: () => Promise<T>): Promise<T> => {
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

  return {
    async start(response, session) {
      const id = randomBytes(32).toString('base64url')
      await stored(() => redis.set(keyOf(id), JSON.stringify({ ...session, startedAt: now() }), 'PX', IDLE_MS))
      response.append('Set-Cookie', `${cookie}=${id}; ${attributes}`)
    },
    async require(request) {
      const id = idOf(request)
      if (id === undefined) throw new Problem(401, 'login_required', 'sign in first')
      if (!ID.test(id))
        throw new Problem(401, 'session_invalid', 'the session cookie is not one of ours; sign in again')
      const value = await stored(() => redis.getex(keyOf(id), 'PX', IDLE_MS))
      const session = value === null ? undefined : parseSession(value)
      if (!session || session.startedAt < now() - ABSOLUTE_MS)
        throw new Problem(401, 'session_expired', 'the session has ended; sign in again')
      return session
    },
    async end(request, response) {
      const id = idOf(request)
      if (id !== undefined && ID.test(id)) await stored(() => redis.del(keyOf(id)))
      response.append('Set-Cookie', `${cookie}=; Max-Age=0; ${attributes}`)
    },
  }
}

function parseSession(text: string): Session | undefined {
  try {
    const value = JSON.parse(text) as Partial<Session>
    return typeof value.profileId === 'string' && Array.isArray(value.roles) && typeof value.startedAt === 'number'
      ? { profileId: value.profileId, roles: value.roles, startedAt: value.startedAt }
      : undefined
  } catch {
    // What is in the store is not ours: as good as no session.
    return undefined
  }
}
