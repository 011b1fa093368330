import { createHash } from 'node:crypto'
import type { Queryable, Tx } from '../postgres/database.ts'
import { Problem } from './problem.ts'

export interface IdempotentRequest {
  /** Keys are private to a principal. */
  readonly principal: string
  readonly key: string
  /** SHA-256 of method, path and canonical body: the same key with another request is refused. */
  readonly fingerprint: Buffer
}

export interface StoredAnswer {
  readonly status: number
  readonly body: unknown
  /** True when this answer was given before: header `Idempotent-Replay: true`. */
  readonly replay: boolean
}

/**
 * Runs an effect at most once for a key. The row of the key, the effect and the answer are one transaction:
 * whoever comes second with the same key is answered with what the first did, or told that it is still running.
 */
export async function idempotent(
  tx: Tx,
  request: IdempotentRequest,
  run: () => Promise<{ readonly status: number; readonly body: unknown }>,
): Promise<StoredAnswer> {
  const [high, low] = lockKey(request)
  const { rows } = await tx.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1, $2) as locked', [
    high,
    low,
  ])
  if (!rows[0]?.locked)
    throw new Problem(409, 'idempotency_in_progress', 'a request with this key is being worked on; ask again', {
      headers: { 'Retry-After': '1' },
    })
  const stored = await findAnswer(tx, request)
  if (stored) return stored
  const answer = await run()
  await tx.query(
    'insert into idempotency_keys (principal, key, fingerprint, status, response) values ($1, $2, $3, $4, $5)',
    [request.principal, request.key, request.fingerprint, answer.status, JSON.stringify(answer.body)],
  )
  return { ...answer, replay: false }
}

/** The answer given to this key before, if any; throws 422 when the key was used for another request. */
export async function findAnswer(db: Queryable, request: IdempotentRequest): Promise<StoredAnswer | undefined> {
  const { rows } = await db.query<{ fingerprint: Buffer; status: number; response: unknown }>(
    'select fingerprint, status, response from idempotency_keys where principal = $1 and key = $2',
    [request.principal, request.key],
  )
  const row = rows[0]
  if (!row) return undefined
  if (!row.fingerprint.equals(request.fingerprint))
    throw new Problem(422, 'idempotency_key_reused', 'this key was used for another request; take a new one')
  return { status: row.status, body: row.response, replay: true }
}

/** Deletes what is older than a week; returns how many. */
export async function forgetOldAnswers(db: Queryable): Promise<number> {
  return (await db.query("delete from idempotency_keys where created_at < now() - interval '7 days'")).rowCount
}

const KEY = /^[\x21-\x7e]{1,64}$/

/** The header `Idempotency-Key`, or a Problem that says what is wrong with it. */
export function idempotencyKeyOf(headers: NodeJS.Dict<string | string[]>, rawHeaders: readonly string[]): string {
  const given = headers['idempotency-key']
  if (given === undefined)
    throw new Problem(400, 'idempotency_key_required', 'send a header Idempotency-Key with a new UUID')
  const times = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'idempotency-key').length
  if (typeof given !== 'string' || times !== 1 || !KEY.test(given))
    throw new Problem(400, 'idempotency_key_invalid', 'Idempotency-Key is one value of at most 64 ASCII characters')
  return given
}

export function requestFingerprint(method: string, path: string, canonicalBody: string): Buffer {
  return createHash('sha256').update(`${method}\n${path}\n${canonicalBody}`).digest()
}

function lockKey({ principal, key }: IdempotentRequest): [number, number] {
  const digest = createHash('sha256').update(`${principal}\u001f${key}`).digest()
  return [digest.readInt32BE(0), digest.readInt32BE(4)]
}
