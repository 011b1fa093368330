import { createHash } from 'node:crypto'
import type { Database, Queryable } from '@atlas/runtime'
import { NO_ADDITIONS } from './kept/additions.ts'
import {
  listCandidateIds,
  listWorkIds,
  loadPublishedCandidates,
  loadPublishedWorks,
  type PublishedCandidate,
  type PublishedWork,
} from './store/published.ts'
import { listRecordStates } from './store/record-states.ts'

/** Order-free and mergeable: two states are equal when their digests are. */
export interface Digest {
  readonly count: number
  /** Sum modulo 2^256 of SHA-256 of each entity's content, hex. */
  readonly sum: string
  /** The same of the ids alone, to compare with another service. */
  readonly idSum: string
}

export const DIGEST_ENTITIES = ['works', 'candidates', 'records'] as const
export type DigestEntity = (typeof DIGEST_ENTITIES)[number]

export interface Range {
  /** Ids above this one; all when null. */
  readonly from: string | null
  /** Up to this one; all when null. */
  readonly to: string | null
}

const PAGE = 500

/** What must be equal whatever the order, the redelivery and the crashes: of live objects, and without revisions. */
export async function digestOf(database: Database, entity: DigestEntity, range: Range): Promise<Digest> {
  const sums = { count: 0, sum: 0n, idSum: 0n }
  let after = range.from
  for (;;) {
    const page = await READ[entity](database, after, PAGE)
    for (const { id, text } of page.entities) {
      if (text === undefined || (range.to !== null && id > range.to)) continue
      sums.count++
      sums.sum = (sums.sum + sha256(text)) % MODULUS
      sums.idSum = (sums.idSum + sha256(id)) % MODULUS
    }
    if (page.last === undefined || (range.to !== null && page.last >= range.to)) break
    after = page.last
  }
  return { count: sums.count, sum: sums.sum.toString(16), idSum: sums.idSum.toString(16) }
}

interface Page {
  /** Entities that are not live have no text. */
  readonly entities: readonly { readonly id: string; readonly text: string | undefined }[]
  readonly last: string | undefined
}

const READ: Readonly<Record<DigestEntity, (db: Queryable, after: string | null, limit: number) => Promise<Page>>> = {
  async works(db, after, limit) {
    const ids = await listWorkIds(db, after, limit)
    const works = await loadPublishedWorks(db, ids)
    return { entities: works.map((work) => ({ id: work.workId, text: workText(work) })), last: ids.at(-1) }
  },
  async candidates(db, after, limit) {
    const ids = await listCandidateIds(db, after, limit)
    const candidates = await loadPublishedCandidates(db, ids)
    return { entities: candidates.map((row) => ({ id: row.candidateId, text: candidateText(row) })), last: ids.at(-1) }
  },
  async records(db, after, limit) {
    const states = await listRecordStates(db, after, limit)
    return {
      entities: states.map((row) => ({ id: row.recordId, text: JSON.stringify(Object.values(row)) })),
      last: states.at(-1)?.recordId,
    }
  },
}

/** Members and roles, canonical fields, slots, flags, what is added; undefined unless live. Pure. */
export function workText({
  workId,
  state,
  content,
  additions,
}: Pick<PublishedWork, 'workId' | 'state' | 'content' | 'additions'>) {
  if (state !== 'live') return undefined
  const { title, type, published, language, venue, doi, identifiers, retracted } = content
  return JSON.stringify([
    workId,
    content.members.map(({ recordId, role }) => [recordId, role]).sort(),
    [title, type, published, language, venue, doi, identifiers, retracted],
    content.slots.map(({ slotId, position, name, orcid, mentions }) => [
      slotId,
      position,
      name,
      orcid,
      mentions.map(({ key }) => key).sort(),
    ]),
    content.flags,
    Object.values({ ...NO_ADDITIONS, ...additions }),
  ])
}

/** Slot, profile, work and rounded score; undefined once withdrawn. Pure. */
export function candidateText(
  candidate: Pick<PublishedCandidate, 'candidateId' | 'slotId' | 'profileId' | 'workId' | 'score' | 'withdrawn'>,
) {
  if (candidate.withdrawn) return undefined
  const { candidateId, slotId, profileId, workId, score } = candidate
  return JSON.stringify([candidateId, slotId, profileId, workId, score.toFixed(4)])
}

const MODULUS = 1n << 256n

function sha256(text: string): bigint {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
}
