import { createHash } from 'node:crypto'
import type { Queryable } from '@atlas/runtime'

/** What can be compared across services and runs without reading another's database. */
export interface Digest {
  readonly entity: string
  readonly count: number
  /** Sum modulo 2^256 of the SHA-256 of each line, hex: the order does not matter, and digests of ranges add up. */
  readonly sum: string
}

const PAGE = 5_000
const MODULUS = 1n << 256n

/** Each a page of (id, line) above an id; the line is what is summed. */
const ENTITIES = {
  // How people stand on slots. Not what has expired or become part of another: those differ by the order of arrival.
  standing: `select candidate_id::text as id, concat_ws('|', slot_id, profile_id, status, array_to_string(flags, ',')) as line
               from questions where status not in ('expired', 'merged') and candidate_id > $1 order by candidate_id limit $2`,
  // What is claimed now: equal to the matcher's and the gateway's.
  candidates: `select candidate_id::text as id, candidate_id::text as line from questions
                where not withdrawn and candidate_id > $1 order by candidate_id limit $2`,
  acts: `select id::text as id, id::text as line from verification_acts where id > $1 order by id limit $2`,
  authorships: `select authorship_id::text as id, concat_ws('|', authorship_id, work_id, slot_id, status, position) as line
                  from authorships where state = 'verified' and authorship_id > $1 order by authorship_id limit $2`,
} as const

export type DigestEntity = keyof typeof ENTITIES
export const DIGEST_ENTITIES = Object.keys(ENTITIES) as readonly DigestEntity[]

export async function digestOf(db: Queryable, entity: DigestEntity): Promise<Digest> {
  let after = '00000000-0000-0000-0000-000000000000'
  let count = 0
  let sum = 0n
  for (;;) {
    const { rows } = await db.query<{ id: string; line: string }>(ENTITIES[entity], [after, PAGE])
    for (const { line } of rows) sum += BigInt(`0x${createHash('sha256').update(line).digest('hex')}`)
    count += rows.length
    after = rows.at(-1)?.id ?? after
    if (rows.length < PAGE) return { entity, count, sum: (sum % MODULUS).toString(16).padStart(64, '0') }
  }
}
