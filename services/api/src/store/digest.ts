import type { Queryable } from '@atlas/runtime'

/** What the read model holds of one entity: the order of rows and of their arrival does not matter. */
export interface Digest {
  readonly entity: string
  readonly count: number
  /** Sum modulo 2^256 of the SHA-256 of each row, hex. */
  readonly sum: string
}

/** The line of a row: what the owners have, and nothing that only tells how it came here. */
const LINES = {
  works: `select work_id || content::text as line from works`,
  candidates: `select concat_ws('|', candidate_id, status, version, array_to_string(flags, ','), content::text) as line
                 from questions where revision > 0`,
  profiles: `select profile_id || content::text as line from profiles`,
  acts: `select act_id || content::text as line from acts`,
  authorships: `select authorship_id || content::text as line from authorships`,
} as const

export type DigestEntity = keyof typeof LINES
export const DIGEST_ENTITIES = Object.keys(LINES) as readonly DigestEntity[]

const MODULUS = 1n << 256n

/** Summed where the rows are, in eight words of 32 bits: nothing but eight numbers leaves the database. */
export async function digestOf(db: Queryable, entity: DigestEntity): Promise<Digest> {
  const words = Array.from(
    { length: 8 },
    (_, word) => `coalesce(sum(('x' || substr(hash, ${word * 8 + 1}, 8))::bit(32)::bigint), 0)::text as w${word}`,
  )
  const { rows } = await db.query<Record<string, string> & { count: number }>(
    `select count(*) as count, ${words.join(', ')}
       from (select encode(sha256(convert_to(line, 'utf8')), 'hex') as hash from (${LINES[entity]}) l) h`,
  )
  const [row] = rows
  if (!row) throw new Error('an aggregate gave no row')
  const sum = words.reduce((total, _, word) => (total << 32n) + BigInt(row[`w${word}`] ?? 0), 0n) % MODULUS
  return { entity, count: Number(row.count), sum: sum.toString(16).padStart(64, '0') }
}
